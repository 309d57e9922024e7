package io.github.moodlemcp.server.write;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.server.spi.WriteRecords.State;

/** What a call is answered that asked for a write. */
public sealed interface WriteAnswer {

    /** The write ended while the call waited. */
    record Ended(CommandOutcome outcome) implements WriteAnswer {
        public Ended {
            requireNonNull(outcome, "outcome");
        }
    }

    /** The write ended before, or elsewhere: only how is recorded, not with what result. */
    record Recorded(State state) implements WriteAnswer {
        public Recorded {
            requireNonNull(state, "state");
        }
    }

    /** The write was sent and lost before it acted; its key is free again. */
    record NotCarriedOut() implements WriteAnswer {}

    /** The person is asked and has not decided yet; the write waits for that, not for the call. */
    record WaitingForApproval() implements WriteAnswer {}

    /** The write acts and has not ended in time; it goes on, or its browser is gone. */
    record StillRunning() implements WriteAnswer {}

    /** The key was used for something else; nothing was sent. */
    record OtherArguments() implements WriteAnswer {}

    /** Records cannot be read or kept now; nothing was sent. */
    record NoRecords() implements WriteAnswer {}
}
