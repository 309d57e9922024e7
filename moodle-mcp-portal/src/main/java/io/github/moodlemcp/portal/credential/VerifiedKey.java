package io.github.moodlemcp.portal.credential;

import java.util.Set;
import java.util.UUID;

/** What a good API key stands for. */
public record VerifiedKey(UUID keyId, UUID accountId, Set<String> scopes) {
    public VerifiedKey {
        scopes = Set.copyOf(scopes);
    }
}
