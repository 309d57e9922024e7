package io.github.moodlemcp.testkit.portal;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes a race certain: holds a thread between looking and acting until another has looked, or is not coming. */
final class Crowd {
    private final CyclicBarrier both = new CyclicBarrier(2);

    void gather() {
        try {
            both.await(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | BrokenBarrierException e) {
            both.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
