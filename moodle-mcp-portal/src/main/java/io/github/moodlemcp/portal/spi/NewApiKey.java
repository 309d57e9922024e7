package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An API key to be stored: {@link ApiKey} before it has an id, with the hash of its secret. */
public record NewApiKey(
        UUID accountId,
        String name,
        String prefix,
        SecretHash hash,
        KeyRights rights,
        Instant created,
        @Nullable Instant expires) {
    public NewApiKey {
        requireNonNull(accountId, "accountId");
        requireNonNull(name, "name");
        requireNonNull(prefix, "prefix");
        requireNonNull(hash, "hash");
        requireNonNull(created, "created");
        requireNonNull(rights, "rights");
    }
}
