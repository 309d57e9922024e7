package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrameIntakeTest {
    private static final String LONG = "l".repeat(64 * 1024 + 1);

    /** Which frame was read, and by whom. */
    private record Read(String frame, Thread reader) {}

    private final LinkedBlockingQueue<Read> read = new LinkedBlockingQueue<>();
    private final CountDownLatch mayRead = new CountDownLatch(1);

    private void note(String frame) {
        read.add(new Read(frame, Thread.currentThread()));
    }

    private void noteSlowly(String frame) {
        try {
            mayRead.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        note(frame);
    }

    private Read next() throws InterruptedException {
        return read.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void aShortFrameIsReadAtOnceByTheThreadThatBringsIt() {
        new FrameIntake(1000, this::note).take("short");

        assertThat(read).containsExactly(new Read("short", Thread.currentThread()));
    }

    @Test
    void aLongFrameIsReadOnAVirtualThread() throws InterruptedException {
        new FrameIntake(1000, this::note).take(LONG);

        assertThat(next().reader().isVirtual()).isTrue();
    }

    @Test
    void aShortFrameDoesNotOvertakeALongOne() throws InterruptedException {
        FrameIntake intake = new FrameIntake(1 << 20, this::noteSlowly);

        intake.take(LONG);
        intake.take("second");
        intake.take("third");
        assertThat(read).isEmpty();
        mayRead.countDown();

        assertThat(next().frame()).isEqualTo(LONG);
        assertThat(next().frame()).isEqualTo("second");
        assertThat(next().frame()).isEqualTo("third");
    }

    @Test
    void whatBringsTooMuchWaits() throws InterruptedException {
        FrameIntake intake = new FrameIntake(LONG.length() + 5, this::noteSlowly);
        List<String> brought = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> bringing = new CompletableFuture<>();

        Thread bringer = Thread.ofPlatform().start(() -> {
            for (String frame : List.of(LONG, "12345", "6")) {
                intake.take(frame);
                brought.add(frame);
            }
            bringing.complete(null);
        });
        while (bringer.getState() != Thread.State.WAITING && bringer.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(brought).containsExactly(LONG, "12345");
        mayRead.countDown();

        bringing.join();
        assertThat(next().frame()).isEqualTo(LONG);
        assertThat(next().frame()).isEqualTo("12345");
        assertThat(next().frame()).isEqualTo("6");
    }

    @Test
    void aFrameThatFailsDoesNotHoldTheOthers() throws InterruptedException {
        FrameIntake intake = new FrameIntake(1 << 20, frame -> {
            noteSlowly(frame);
            if (frame.equals(LONG)) {
                throw new IllegalStateException("planted");
            }
        });

        intake.take(LONG);
        intake.take("after");
        mayRead.countDown();

        assertThat(next().frame()).isEqualTo(LONG);
        assertThat(next().frame()).isEqualTo("after");
    }
}
