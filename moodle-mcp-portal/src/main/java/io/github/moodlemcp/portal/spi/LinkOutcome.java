package io.github.moodlemcp.portal.spi;

/** What came of linking an identity with an account. */
public enum LinkOutcome {
    /** It leads to the account from now on. */
    LINKED,
    /** It did so already. */
    ALREADY_LINKED,
    /** It leads to another account; nothing was changed. */
    TAKEN
}
