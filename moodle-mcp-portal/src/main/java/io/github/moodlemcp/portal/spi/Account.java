package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A person who may use the service.
 *
 * @param id never reused
 * @param email unique among accounts, as the person wrote it
 * @param name what to call the person; not blank
 * @param created when the account was made
 */
public record Account(UUID id, String email, String name, Instant created) {
    public Account {
        requireNonNull(id, "id");
        requireNonNull(email, "email");
        requireNonNull(created, "created");
        if (name.isBlank()) {
            throw new IllegalArgumentException("An account's name is not blank");
        }
    }
}
