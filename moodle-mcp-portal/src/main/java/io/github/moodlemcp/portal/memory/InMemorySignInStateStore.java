package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Spent states in memory. Safe for use by many threads. */
public final class InMemorySignInStateStore implements SignInStateStore {
    private final Map<SecretHash, Instant> spent = new ConcurrentHashMap<>();

    @Override
    public boolean spend(SecretHash state, Instant expires) {
        return spent.putIfAbsent(state, expires) == null;
    }
}
