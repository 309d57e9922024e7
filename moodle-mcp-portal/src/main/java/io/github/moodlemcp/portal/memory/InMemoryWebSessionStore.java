package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Web sessions in memory. Safe for use by many threads. */
public final class InMemoryWebSessionStore implements WebSessionStore {
    private final Map<SecretHash, WebSession> sessions = new ConcurrentHashMap<>();

    @Override
    public void create(WebSession session) {
        sessions.put(session.id(), session);
    }

    @Override
    public Optional<WebSession> find(SecretHash id, Instant now) {
        return Optional.ofNullable(sessions.get(id)).filter(session -> now.isBefore(session.expires()));
    }

    @Override
    public void end(SecretHash id) {
        sessions.remove(id);
    }
}
