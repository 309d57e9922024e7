package io.github.moodlemcp.testkit.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does one thing many times at once. */
final class AtOnce {
    private AtOnce() {}

    /** Calls the task with 0, 1, 2 …, all released together, and answers their results in that order. */
    static <T> List<T> run(int times, IntFunction<T> task) {
        CountDownLatch ready = new CountDownLatch(times);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(threads.submit(released(ready, task, i)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("One of many calls at once failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> Callable<T> released(CountDownLatch ready, IntFunction<T> task, int number) {
        return () -> {
            ready.countDown();
            ready.await();
            return task.apply(number);
        };
    }
}
