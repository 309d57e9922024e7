package io.github.moodlemcp.testkit;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a race certain: holds a thread between looking and acting until another has looked, or is not coming. Safe for use
 * by many threads.
 */
public final class Race {
    private final CyclicBarrier both = new CyclicBarrier(2);

    /** Waits for another one to come; not for long when none does. */
    public void gather() {
        try {
            both.await(1, TimeUnit.SECONDS);
        } catch (TimeoutException | BrokenBarrierException e) {
            both.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
