package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Is told how far a command is, on a thread of the connection; it must not block. */
@FunctionalInterface
public interface ProgressListener {

    /** The command is this far. */
    void progressed(Progress progress);

    /** The person is being asked now whether the command may run; told at most once, before the outcome. */
    default void approvalAsked() {}

    /** The command was claimed: it acts now. Told at most once, before the outcome. */
    default void claimed() {}

    /** Is told, and does nothing. */
    static ProgressListener none() {
        return progress -> {};
    }

    /**
     * How far a command is.
     *
     * @param done how much is done; it grows
     * @param total how much there is to do, or null when that is not known
     * @param message what is being done, as the extension worded it, or null
     */
    record Progress(
            BigDecimal done,
            @Nullable BigDecimal total,
            @Nullable String message) {
        public Progress {
            requireNonNull(done, "done");
        }
    }
}
