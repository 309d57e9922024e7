package io.github.moodlemcp.testkit.chaos;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A rule that a history breaks.
 *
 * @param errand the errand it was broken for
 * @param text what is wrong, for people
 */
public record Violation(Kind kind, String errand, String text) {
    public Violation {
        requireNonNull(kind, "kind");
        requireNonNull(errand, "errand");
        requireNonNull(text, "text");
    }

    /** The rules, by what breaks them. */
    public enum Kind {
        /** A command reached, or a result came from, another browser than one bound to the caller, or another command. */
        MISROUTED,
        /** A command, an errand or a request key was executed more than once. */
        EXECUTED_TWICE,
        /** A command's claim was granted more than once. */
        GRANTED_TWICE,
        /** A claim was granted to a connection that the command was not sent on. */
        GRANTED_ELSEWHERE,
        /** A claim was granted that was asked for after the cancellation had arrived. */
        GRANTED_AFTER_CANCEL,
        /** A claim was granted that was asked for after the command's time, or long after its only caller had left. */
        GRANTED_TOO_LATE,
        /** Said to be not delivered, but it was begun. */
        NOT_DELIVERED_BUT_EXECUTED,
        /** Said to be not delivered, though its claim had been granted, and no journal had told that it was not begun. */
        NOT_DELIVERED_AFTER_CLAIM,
        /** Said to be not delivered, and never sent, though its browser had been connected all along. */
        CONNECTED_BUT_NOT_REACHED,
        /** Said to be refused by the person, but it was begun. */
        REJECTED_BUT_EXECUTED,
        /** Said to have failed without a change, but it was, or may have been, carried out. */
        FAILED_BUT_EXECUTED,
        /** Said to be done, but nobody did it. */
        DONE_BUT_NOT_EXECUTED,
        /** Said to be unclear, but no claim was granted: nothing can have happened. */
        UNKNOWN_WITHOUT_CLAIM,
        /** Said to be unclear, but the browser's journal had told the end in time. */
        UNKNOWN_AGAINST_JOURNAL,
        /** A call was answered twice, or never, or with something that is no answer. */
        NOT_ENDED_ONCE;

        /** As people read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
