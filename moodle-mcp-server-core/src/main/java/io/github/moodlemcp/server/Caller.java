package io.github.moodlemcp.server;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.AccountId;
import java.util.Set;

/**
 * Who asks, as the token said.
 *
 * @param account whose browsers the calls go to
 * @param credential names the key or token in the audit log; never the secret itself
 * @param scopes what it may do, such as {@code moodle:read}
 */
public record Caller(AccountId account, String credential, Set<String> scopes) {
    public Caller {
        requireNonNull(account, "account");
        requireNonNull(credential, "credential");
        scopes = Set.copyOf(scopes);
    }
}
