package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.moodlemcp.bridge.CloseReason;
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
    private final ByteBudget budget = new ByteBudget(8 << 20);
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
        new FrameIntake(1 << 20, budget, this::note).take("short", true);

        assertThat(read).containsExactly(new Read("short", Thread.currentThread()));
    }

    @Test
    void aLongFrameIsReadOnAVirtualThread() throws InterruptedException {
        new FrameIntake(1 << 20, budget, this::note).take(LONG, true);

        assertThat(next().reader().isVirtual()).isTrue();
    }

    @Test
    void aShortFrameDoesNotOvertakeALongOne() throws InterruptedException {
        FrameIntake intake = new FrameIntake(1 << 20, budget, this::noteSlowly);

        intake.take(LONG, true);
        intake.take("second", true);
        intake.take("third", true);
        assertThat(read).isEmpty();
        mayRead.countDown();

        assertThat(next().frame()).isEqualTo(LONG);
        assertThat(next().frame()).isEqualTo("second");
        assertThat(next().frame()).isEqualTo("third");
    }

    @Test
    void partsAreOneFrame() throws InterruptedException {
        FrameIntake intake = new FrameIntake(1 << 20, budget, this::note);

        intake.take("be", false);
        intake.take("gün", false);
        assertThat(budget.taken()).isEqualTo(6);
        intake.take("stig", true);

        assertThat(next().frame()).isEqualTo("begünstig");
        await().until(() -> budget.taken() == 0);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNobodyWaits() {
        ByteBudget small = budget.part(LONG.length() + 5);
        FrameIntake intake = new FrameIntake(1 << 20, small, this::noteSlowly);

        assertThat(intake.take(LONG, true)).isEmpty();
        assertThat(intake.take("12345", true)).isEmpty();
        assertThat(intake.take("6", true)).contains(CloseReason.TOO_MANY_BYTES);
        assertThat(new FrameIntake(1 << 20, budget.part(LONG.length()), this::note).take(LONG, false))
                .isEmpty();
        budget.takeAnyway(10 << 20);
        assertThat(new FrameIntake(1 << 20, budget.part(LONG.length()), this::note).take(LONG, false))
                .contains(CloseReason.OVERLOADED);
    }

    @Test
    void aFrameOverTheLimitIsRefusedAsSoonAsItIs() {
        FrameIntake intake = new FrameIntake(10, budget, this::note);

        assertThat(intake.take("123456789", false)).isEmpty();
        assertThat(intake.take("ü", false)).contains(CloseReason.TOO_BIG);
        assertThat(intake.take("0", false)).isEmpty();
        assertThat(intake.take("1", false)).contains(CloseReason.TOO_BIG);
    }

    @Test
    void whatItHoldsMovesToAnotherBudgetAndIsGivenBackAtTheEnd() throws InterruptedException {
        ByteBudget accounts = budget.part(1 << 20);
        ByteBudget strangers = budget.part(1 << 20);
        FrameIntake intake = new FrameIntake(1 << 20, strangers, this::noteSlowly);
        intake.take(LONG, true);
        intake.take("second", true);
        intake.take("unfinished", false);

        intake.chargeTo(accounts);
        assertThat(strangers.taken()).isZero();
        assertThat(accounts.taken()).isEqualTo(LONG.length() + 16L);

        intake.close();
        assertThat(accounts.taken()).isEqualTo(LONG.length());
        mayRead.countDown();
        assertThat(next().frame()).isEqualTo(LONG);
        await().until(() -> budget.taken() == 0);
        assertThat(intake.take("late", true)).isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void aFrameThatFailsDoesNotHoldTheOthers() throws InterruptedException {
        FrameIntake intake = new FrameIntake(1 << 20, budget, frame -> {
            noteSlowly(frame);
            if (frame.equals(LONG)) {
                throw new IllegalStateException("planted");
            }
        });

        intake.take(LONG, true);
        intake.take("after", true);
        mayRead.countDown();

        assertThat(next().frame()).isEqualTo(LONG);
        assertThat(next().frame()).isEqualTo("after");
    }
}
