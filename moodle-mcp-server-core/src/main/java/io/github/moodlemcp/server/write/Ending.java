package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.CommandOutcome;

/** How a command ended, as its caller is told; each outcome of the router is exactly one of them. */
public enum Ending {
    /** It was carried out. */
    DONE("done"),
    /** Moodle or the extension said no; nothing was written. */
    FAILED("failed"),
    /** The person or a policy refused; nothing was written. */
    REJECTED("rejected"),
    /** It had no effect, and it is safe to send it again as it is. */
    NOT_DELIVERED("not_delivered"),
    /** It was claimed, and what came of it is not known. */
    OUTCOME_UNKNOWN("outcome_unknown");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    /** The word for programs. */
    public String text() {
        return text;
    }

    /** How a command with this outcome ended. */
    public static Ending of(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Completed ignored -> DONE;
            case CommandOutcome.Failed(var reason, var claimed) -> {
                if (claimed) {
                    yield reason.provesRefusal() ? FAILED : OUTCOME_UNKNOWN;
                }
                yield reason.endedUnbegun() ? NOT_DELIVERED : FAILED;
            }
            case CommandOutcome.Rejected ignored -> REJECTED;
            case CommandOutcome.NotConnected() -> NOT_DELIVERED;
            case CommandOutcome.Overloaded ignored -> NOT_DELIVERED;
            case CommandOutcome.Disconnected(var claimed) -> claimed ? OUTCOME_UNKNOWN : NOT_DELIVERED;
            case CommandOutcome.TimedOut(var claimed) -> claimed ? OUTCOME_UNKNOWN : NOT_DELIVERED;
        };
    }
}
