package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.OneTimeLink;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Sign-in links in memory. Safe for use by many threads. */
public final class InMemoryOneTimeLinkStore implements OneTimeLinkStore {
    private final Map<SecretHash, OneTimeLink> links = new ConcurrentHashMap<>();

    @Override
    public void save(OneTimeLink link) {
        links.put(link.hash(), link);
    }

    @Override
    public Optional<UUID> consume(SecretHash hash, Instant now) {
        return Optional.ofNullable(links.remove(hash))
                .filter(link -> now.isBefore(link.expires()))
                .map(OneTimeLink::accountId);
    }
}
