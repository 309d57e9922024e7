package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

/** What came of looking for an identity's account. */
public sealed interface AccountLookup {
    /** The identity was known. */
    record Found(Account account) implements AccountLookup {
        public Found {
            requireNonNull(account, "account");
        }
    }

    /** The identity was new, and so is the account. */
    record Created(Account account) implements AccountLookup {
        public Created {
            requireNonNull(account, "account");
        }
    }

    /** The identity is new, but another account has its e-mail address; nothing was changed. */
    record EmailTaken() implements AccountLookup {}
}
