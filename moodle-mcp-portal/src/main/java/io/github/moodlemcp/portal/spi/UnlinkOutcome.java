package io.github.moodlemcp.portal.spi;

/** What came of unlinking an identity from an account. */
public enum UnlinkOutcome {
    /** It leads to the account no more. */
    UNLINKED,
    /** Without it nobody could sign in to the account; nothing was changed. */
    LAST,
    /** It does not lead to the account; nothing was changed. */
    UNKNOWN
}
