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
 * @param selection which tools it is offered, of those that the scopes cover
 */
public record Caller(AccountId account, String credential, Set<String> scopes, ToolSelection selection) {
    public Caller {
        requireNonNull(account, "account");
        requireNonNull(credential, "credential");
        scopes = Set.copyOf(scopes);
        requireNonNull(selection, "selection");
    }

    /** A caller who is offered every tool that the scopes cover. */
    public Caller(AccountId account, String credential, Set<String> scopes) {
        this(account, credential, scopes, ToolSelection.everything());
    }

    /** The same caller, offered these tools. */
    public Caller offered(ToolSelection other) {
        return new Caller(account, credential, scopes, other);
    }
}
