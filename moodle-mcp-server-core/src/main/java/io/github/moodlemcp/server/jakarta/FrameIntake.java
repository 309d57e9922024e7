package io.github.moodlemcp.server.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.bridge.CloseReason;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of one connection together from what the container has read of them, and passes them on in order: a short
 * one at once, on the thread that brought it, others on a virtual thread, because the thread that brought
 * them serves other connections too.
 *
 * <p>What waits here is taken from a {@link ByteBudget}, byte for byte as it came. The thread that brings frames is never
 * held up: what does not fit is refused, and its connection is to be closed. Frames are to be brought by one thread at a
 * time; everything else is safe for use by many threads.
 */
final class FrameIntake {
    private static final System.Logger LOG = System.getLogger(FrameIntake.class.getName());
    private static final int SHORT_BYTES = 64 * 1024;

    private final int maxFrameBytes;
    private final Consumer<String> reader;
    private final Object lock = new Object();
    /** The frames that wait, with the one that is being read at the head. */
    private final Queue<Frame> waiting = new ArrayDeque<>();

    private ByteBudget budget;
    private Frame unfinished = new Frame();
    private boolean closed;

    /**
     * @param maxFrameBytes the longest frame
     * @param budget from which it takes what waits
     * @param reader takes the frames, one at a time
     */
    FrameIntake(int maxFrameBytes, ByteBudget budget, Consumer<String> reader) {
        this.maxFrameBytes = maxFrameBytes;
        this.budget = budget;
        this.reader = reader;
    }

    /** A frame as far as it has come, in UTF-8. */
    private static final class Frame {
        final List<byte[]> parts = new ArrayList<>(1);
        int bytes;

        void add(byte[] part) {
            parts.add(part);
            bytes += part.length;
        }

        String text() {
            if (parts.size() == 1) {
                return new String(parts.getFirst(), UTF_8);
            }
            ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes);
            parts.forEach(joined::writeBytes);
            return joined.toString(UTF_8);
        }
    }

    /**
     * Takes a part of a frame, or a whole one.
     *
     * @param last whether the frame ends with it
     * @return why the connection is to be closed; nothing when the part was taken
     */
    Optional<CloseReason> take(String part, boolean last) {
        String whole = part;
        synchronized (lock) {
            boolean isReadAtOnce = last && unfinished.bytes + part.length() <= SHORT_BYTES && waiting.isEmpty();
            if (!isReadAtOnce || closed) {
                return keep(part, last);
            }
            if (!unfinished.parts.isEmpty()) {
                budget.give(unfinished.bytes);
                unfinished.add(part.getBytes(UTF_8));
                whole = unfinished.text();
                unfinished = new Frame();
            }
        }
        reader.accept(whole);
        return Optional.empty();
    }

    private Optional<CloseReason> keep(String part, boolean last) {
        if (closed) {
            return Optional.empty();
        }
        if (part.length() > maxFrameBytes) {
            return Optional.of(CloseReason.TOO_BIG);
        }
        byte[] bytes = part.getBytes(UTF_8);
        if (unfinished.bytes + bytes.length > maxFrameBytes) {
            return Optional.of(CloseReason.TOO_BIG);
        }
        return switch (budget.take(bytes.length)) {
            case REFUSED -> Optional.of(CloseReason.TOO_MANY_BYTES);
            case REFUSED_BY_WHOLE -> Optional.of(CloseReason.OVERLOADED);
            case TAKEN -> {
                unfinished.add(bytes);
                if (last) {
                    finish();
                }
                yield Optional.empty();
            }
        };
    }

    private void finish() {
        Frame finished = unfinished;
        unfinished = new Frame();
        waiting.add(finished);
        if (waiting.size() == 1) {
            Thread.ofVirtual().name("bridge-frames").start(() -> readFrom(finished));
        }
    }

    private void readFrom(Frame first) {
        for (@Nullable Frame frame = first; frame != null; frame = nextAfter(frame)) {
            try {
                reader.accept(frame.text());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "event=frame_failed", e);
            }
        }
    }

    private @Nullable Frame nextAfter(Frame read) {
        synchronized (lock) {
            waiting.remove();
            budget.give(read.bytes);
            return waiting.peek();
        }
    }

    /** Takes what waits from another budget from now on. */
    void chargeTo(ByteBudget other) {
        synchronized (lock) {
            long bytes = unfinished.bytes
                    + waiting.stream().mapToLong(frame -> frame.bytes).sum();
            budget.give(bytes);
            other.takeAnyway(bytes);
            budget = other;
        }
    }

    /** Forgets what waits, except for a frame that is being read, and takes nothing more. */
    void close() {
        synchronized (lock) {
            closed = true;
            budget.give(unfinished.bytes);
            unfinished = new Frame();
            Frame beingRead = waiting.poll();
            waiting.forEach(frame -> budget.give(frame.bytes));
            waiting.clear();
            if (beingRead != null) {
                waiting.add(beingRead);
            }
        }
    }
}
