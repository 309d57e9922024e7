package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    @Override
    public List<WebSession> list(UUID accountId, Instant now) {
        return sessions.values().stream()
                .filter(session -> session.accountId().equals(accountId) && now.isBefore(session.expires()))
                .sorted(Comparator.comparing(WebSession::created).reversed())
                .toList();
    }

    @Override
    public void seen(SecretHash id, Instant now) {
        sessions.computeIfPresent(
                id, (same, session) -> now.isAfter(session.lastSeen()) ? seenAt(session, now) : session);
    }

    @Override
    public boolean end(UUID accountId, SecretHash id) {
        return sessions.values()
                .removeIf(session ->
                        session.id().equals(id) && session.accountId().equals(accountId));
    }

    @Override
    public void endOthers(UUID accountId, SecretHash kept) {
        sessions.values()
                .removeIf(session ->
                        session.accountId().equals(accountId) && !session.id().equals(kept));
    }

    private static WebSession seenAt(WebSession session, Instant now) {
        return new WebSession(
                session.id(), session.accountId(), session.label(), session.created(), now, session.expires());
    }
}
