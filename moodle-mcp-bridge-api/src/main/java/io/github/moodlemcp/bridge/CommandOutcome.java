package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import java.time.Duration;

/**
 * What became of a command. The variants differ in what the caller may do next:
 *
 * <ul>
 *   <li>after {@link NotConnected} and {@link Overloaded} the command was never sent: calling again is safe;
 *   <li>after {@link Disconnected} and {@link TimedOut} it depends on whether the command was claimed: an unclaimed one
 *       has changed nothing, a claimed one may have run;
 *   <li>after {@link Failed} it has changed nothing, and why is known; but if it was claimed, only where the reason says
 *       that Moodle refused it;
 *   <li>after {@link Rejected} it has changed nothing.
 * </ul>
 */
public sealed interface CommandOutcome {

    /** The extension ran the command. */
    record Completed(JsonNode result) implements CommandOutcome {
        public Completed {
            requireNonNull(result, "result");
        }
    }

    /** The extension or Moodle said no, before or after the command was claimed. */
    record Failed(FailureReason reason, boolean claimed) implements CommandOutcome {
        public Failed {
            requireNonNull(reason, "reason");
        }
    }

    /** Nobody holds a connection for the browser. */
    record NotConnected() implements CommandOutcome {}

    /** The command was refused before it was sent, because too many wait; {@code retryAfter} is a hint. */
    record Overloaded(Duration retryAfter) implements CommandOutcome {
        public Overloaded {
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /** The person or a policy refused the command. */
    record Rejected(FailureReason reason) implements CommandOutcome {
        public Rejected {
            requireNonNull(reason, "reason");
        }
    }

    /** The connection was lost after the command was sent. */
    record Disconnected(boolean claimed) implements CommandOutcome {}

    /** No reply came before the deadline. */
    record TimedOut(boolean claimed) implements CommandOutcome {}
}
