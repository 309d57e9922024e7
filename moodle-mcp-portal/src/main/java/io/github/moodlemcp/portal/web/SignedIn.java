package io.github.moodlemcp.portal.web;

import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.util.UUID;

/**
 * The person behind a request.
 *
 * @param session the hash of the web session's id
 * @param formToken what the person's forms must carry
 */
public record SignedIn(Account account, SecretHash session, String formToken) {
    public UUID accountId() {
        return account.id();
    }

    /** Without the form token. */
    @Override
    public String toString() {
        return "SignedIn[account=" + account.id() + "]";
    }
}
