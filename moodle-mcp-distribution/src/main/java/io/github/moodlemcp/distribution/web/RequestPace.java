package io.github.moodlemcp.distribution.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long a connection takes over the request that is coming in. Times are those of the monotonic clock, in nanoseconds.
 * Safe for use by many threads.
 *
 * <pre>
 *   fresh ──head──► body ──its end──► between ──first byte──► head ──its end──► body …
 * </pre>
 */
final class RequestPace {
    /** From the first byte of a request, or the start of the connection, to the end of the request's headers. */
    static final Duration HEAD = Duration.ofSeconds(10);
    /** From the end of the headers to the end of the body, but for {@link #BODY_BYTES_A_SECOND}. */
    static final Duration BODY = Duration.ofSeconds(15);
    /** So much of a body gives it another second. */
    static final long BODY_BYTES_A_SECOND = 16 * 1024;

    private final AtomicReference<Stage> stage;

    private sealed interface Stage {
        /** Nothing has come on the connection, or not yet the whole head of its first request. */
        record Fresh(long since) implements Stage {}

        /** The head of a later request is coming in. */
        record Head(long since) implements Stage {}

        /** The body of a request is coming in. */
        record Body(long since, long bytes) implements Stage {}

        /** Nothing is due. */
        record Between() implements Stage {}
    }

    /** A connection that began now. */
    RequestPace(long now) {
        stage = new AtomicReference<>(new Stage.Fresh(now));
    }

    /**
     * Something has come.
     *
     * @param isFirst whether no request was coming in before
     */
    void came(boolean isFirst, int bytes, long now) {
        stage.updateAndGet(was -> switch (was) {
            case Stage.Fresh fresh -> fresh;
            case Stage.Head head -> isFirst ? new Stage.Head(now) : head;
            case Stage.Body(var since, var before) ->
                isFirst ? new Stage.Head(now) : new Stage.Body(since, before + bytes);
            case Stage.Between ignored -> new Stage.Head(now);
        });
    }

    /** The head of a request was read, and perhaps all of the request. */
    void understood(boolean isWhole, long now) {
        stage.updateAndGet(was -> {
            if (isWhole) {
                return new Stage.Between();
            }
            return was instanceof Stage.Body ? was : new Stage.Body(now, 0);
        });
    }

    /**
     * Whether the request takes too long.
     *
     * @param isComingIn whether a part of a request has come and the rest has not; to be found out before this is asked
     */
    boolean isTooSlow(boolean isComingIn, long now) {
        Stage current = stage.get();
        return switch (current) {
            case Stage.Fresh(var since) -> now - since > HEAD.toNanos();
            case Stage.Head(var since) when isComingIn -> now - since > HEAD.toNanos();
            case Stage.Body(var since, var bytes)
            when isComingIn ->
                now - since > BODY.plusSeconds(bytes / BODY_BYTES_A_SECOND).toNanos();
            // What came together with the request before is seen here first.
            case Stage.Between between
            when isComingIn -> {
                stage.compareAndSet(between, new Stage.Head(now));
                yield false;
            }
            case Stage.Head ignored -> becomesBetween(current);
            case Stage.Body ignored -> becomesBetween(current);
            case Stage.Between ignored -> false;
        };
    }

    private boolean becomesBetween(Stage current) {
        stage.compareAndSet(current, new Stage.Between());
        return false;
    }
}
