package io.github.moodlemcp.testkit.chaos;

import java.util.Locale;

/** What the callers and extensions did to the service, and it to them, to be counted. */
public enum Happening {
    CONNECTED,
    REFUSED_TO_CONNECT,
    CLOSED_CLEANLY,
    VANISHED,
    SUPERSEDED,
    CLOSED_BY_SERVICE,
    NEW_PROFILE,
    FORGED_REPLY,
    SIBLING_REPLY,
    GUESSED_REPLY,
    DUPLICATE_REPLY,
    LATE_REPLY,
    REPLY_ON_NEW_CONNECTION,
    CLAIM_GRANTED,
    CLAIM_REFUSED,
    CLAIM_LOST,
    SECOND_CLAIM,
    FOREIGN_CLAIM,
    CLAIM_AFTER_CANCEL,
    APPROVAL_ASKED,
    JOURNAL_SHOWN,
    CALLER_LEFT,
    CALLER_CANCELLED,
    KEY_REPEATED,
    KEY_AT_ONCE,
    KEY_FOR_OTHER_ARGUMENTS,
    BROWSER_OF_ANOTHER_ACCOUNT;

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
