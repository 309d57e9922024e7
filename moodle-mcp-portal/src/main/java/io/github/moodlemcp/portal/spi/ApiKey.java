package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live API key without its secret.
 *
 * @param name what its owner calls it
 * @param prefix the eight characters after {@code mmcp_}, by which its owner recognises it
 * @param rights what it allows
 * @param expires the first instant at which it counts no more; null when it counts until it is revoked
 * @param lastUsed exact to about a minute; null when it was never used
 * @param lastClient what the program that used it last calls itself; text from outside; null when it said nothing
 */
public record ApiKey(
        UUID id,
        UUID accountId,
        String name,
        String prefix,
        KeyRights rights,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant lastUsed,
        @Nullable String lastClient) {
    public ApiKey {
        requireNonNull(id, "id");
        requireNonNull(accountId, "accountId");
        requireNonNull(name, "name");
        requireNonNull(prefix, "prefix");
        requireNonNull(created, "created");
        requireNonNull(rights, "rights");
    }
}
