package io.github.moodlemcp.server.jakarta;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes may be in flight: those that wait to be sent, and those that have come and are not read yet. What a part
 * of a budget takes, the whole takes too. Safe for use by many threads.
 */
final class ByteBudget {
    private final @Nullable ByteBudget whole;
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit how many bytes, at least 1 */
    ByteBudget(long limit) {
        this(null, limit);
    }

    private ByteBudget(@Nullable ByteBudget whole, long limit) {
        this.whole = whole;
        this.limit = limit;
    }

    /** What came of taking bytes. */
    enum Taking {
        /** They are taken. */
        TAKEN,
        /** They do not fit into this budget; nothing is taken. */
        REFUSED,
        /** They would fit here, but not into the whole; nothing is taken. */
        REFUSED_BY_WHOLE
    }

    /** A budget of its own that is a part of this one. */
    ByteBudget part(long partLimit) {
        return new ByteBudget(this, partLimit);
    }

    /** Takes bytes if there are so many. */
    Taking take(long bytes) {
        if (!takeHere(bytes)) {
            return Taking.REFUSED;
        }
        if (whole != null && whole.take(bytes) != Taking.TAKEN) {
            taken.addAndGet(-bytes);
            return Taking.REFUSED_BY_WHOLE;
        }
        return Taking.TAKEN;
    }

    /** Takes bytes that cannot be refused, even beyond the limit. */
    void takeAnyway(long bytes) {
        taken.addAndGet(bytes);
        if (whole != null) {
            whole.takeAnyway(bytes);
        }
    }

    /** Gives back what was taken. */
    void give(long bytes) {
        taken.addAndGet(-bytes);
        if (whole != null) {
            whole.give(bytes);
        }
    }

    /** How many bytes are taken now. */
    long taken() {
        return taken.get();
    }

    private boolean takeHere(long bytes) {
        long before = taken.getAndUpdate(now -> now + bytes <= limit ? now + bytes : now);
        return before + bytes <= limit;
    }
}
