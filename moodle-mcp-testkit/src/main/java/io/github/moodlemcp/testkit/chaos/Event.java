package io.github.moodlemcp.testkit.chaos;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that a caller or an extension did or saw, and noted as it happened.
 *
 * <p>Every call has an errand: a text that nobody else has, given as an argument, by which an extension knows what it
 * executes. Calls that share a request key to repeat each other share the errand too. Times are those of one monotonic
 * clock, in nanoseconds.
 */
public sealed interface Event {

    /** The errand it belongs to. */
    String errand();

    /**
     * A caller sent a call.
     *
     * @param call its number, which no other call has
     * @param account the caller's
     * @param browser the id of the browser it named, or null
     * @param isWrite whether its tool may change something
     * @param requestKey the key it gave, or null
     */
    record CallBegun(
            String errand,
            long call,
            String account,
            @Nullable String browser,
            boolean isWrite,
            @Nullable String requestKey,
            long at)
            implements Event {
        public CallBegun {
            requireNonNull(errand, "errand");
            requireNonNull(account, "account");
        }
    }

    /**
     * A call was answered, or given up by its caller.
     *
     * @param receipt what its result says, or null when it has none
     * @param problem why it is no answer that the service may give, or null when it is one
     */
    record CallEnded(
            String errand,
            long call,
            Ending ending,
            @Nullable Receipt receipt,
            @Nullable String problem,
            long at) implements Event {
        public CallEnded {
            requireNonNull(errand, "errand");
            requireNonNull(ending, "ending");
        }
    }

    /**
     * A command reached an extension.
     *
     * @param remainingMillis how long it may still wait, as the command says
     */
    record CommandArrived(String errand, String command, Place place, long remainingMillis, long at) implements Event {
        public CommandArrived {
            requireNonNull(errand, "errand");
            requireNonNull(command, "command");
            requireNonNull(place, "place");
        }
    }

    /** The extension was told that nobody waits for the command any more. */
    record CancelArrived(String errand, String command, Place place, long at) implements Event {
        public CancelArrived {
            requireNonNull(errand, "errand");
            requireNonNull(command, "command");
            requireNonNull(place, "place");
        }
    }

    /**
     * A claim was answered, or its answer was lost.
     *
     * @param place where it was asked, which need not be where the command went
     * @param askedAt when it was sent
     */
    record ClaimAnswered(String errand, String command, Place place, ClaimAnswer answer, long askedAt)
            implements Event {
        public ClaimAnswered {
            requireNonNull(errand, "errand");
            requireNonNull(command, "command");
            requireNonNull(place, "place");
            requireNonNull(answer, "answer");
        }
    }

    /** What was heard of a claim. */
    enum ClaimAnswer {
        /** It is granted. */
        GRANTED,
        /** It is not. */
        REFUSED,
        /** The connection ended before an answer came: the service may have granted it. */
        LOST
    }

    /**
     * An extension executed a command.
     *
     * @param place where, which need not be where the command went
     */
    record CommandExecuted(String errand, String command, Place place, Effect effect, long at) implements Event {
        public CommandExecuted {
            requireNonNull(errand, "errand");
            requireNonNull(command, "command");
            requireNonNull(place, "place");
            requireNonNull(effect, "effect");
        }
    }

    /**
     * A reply with a result was sent.
     *
     * @param place from where
     * @param nonce what this reply says and no other
     */
    record ReplySent(String errand, String command, Place place, String nonce) implements Event {
        public ReplySent {
            requireNonNull(errand, "errand");
            requireNonNull(command, "command");
            requireNonNull(place, "place");
            requireNonNull(nonce, "nonce");
        }
    }

    /**
     * An extension that had lost a claimed command with its connection was welcomed again, and its journal said what
     * became of the command.
     *
     * @param word {@code done}, {@code refused} or {@code claimed}; null when the journal does not list the command
     * @param begunAt when it began to connect
     * @param at when it was welcomed
     */
    record JournalShown(
            String errand,
            String command,
            Place place,
            @Nullable String word,
            long begunAt,
            long at) implements Event {
        public JournalShown {
            requireNonNull(errand, "errand");
            requireNonNull(command, "command");
            requireNonNull(place, "place");
        }
    }

    /**
     * A call was said to be not delivered, while the browser it named was connected.
     *
     * @param since when the browser was welcomed; it stayed connected for a while after the end of the call
     */
    record BrowserStood(String errand, long call, Place place, long since) implements Event {
        public BrowserStood {
            requireNonNull(errand, "errand");
            requireNonNull(place, "place");
        }
    }

    /**
     * One connection of one browser.
     *
     * @param connection its number, which no other connection has
     */
    record Place(String account, String browser, long connection) {
        public Place {
            requireNonNull(account, "account");
            requireNonNull(browser, "browser");
        }
    }

    /** What a result says of itself. */
    record Receipt(String account, String browser, String command, String errand, String nonce) {
        public Receipt {
            requireNonNull(account, "account");
            requireNonNull(browser, "browser");
            requireNonNull(command, "command");
            requireNonNull(errand, "errand");
            requireNonNull(nonce, "nonce");
        }
    }
}
