package io.github.moodlemcp.testkit.chaos;

import java.util.Locale;

/** How a call ended for its caller. */
public enum Ending {
    /** It was carried out. */
    DONE,
    /** Moodle or the extension said no; nothing was changed. */
    FAILED,
    /** Nothing was changed, and calling again is safe. */
    NOT_DELIVERED,
    /** The person has not decided yet. */
    WAITING_FOR_APPROVAL,
    /** The person or a policy refused. */
    REJECTED,
    /** It may have been carried out or not. */
    OUTCOME_UNKNOWN,
    /** The caller went away or cancelled, and waited for no answer. */
    LEFT,
    /** The answer is none that the service may give, such as a broken connection or an internal error. */
    BROKEN;

    /** As {@code _meta} says it, and as people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The ending of an outcome as {@code _meta} says it; {@link #BROKEN} for any other text. */
    public static Ending of(String word) {
        for (Ending ending : values()) {
            if (ending.compareTo(LEFT) < 0 && ending.word().equals(word)) {
                return ending;
            }
        }
        return BROKEN;
    }
}
