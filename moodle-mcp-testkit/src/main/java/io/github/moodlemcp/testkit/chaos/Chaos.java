package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.load.SocketLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Puts a service through chaos: many accounts with several browsers each, over real POST /mcp and real WebSockets, where
 * connections come and go, replies are late, doubled and forged, and callers go away, while everything that callers and
 * extensions do is recorded and {@linkplain HistoryChecker checked}.
 *
 * <p>The history is checked piece by piece, so that any number of calls needs little memory.
 */
public final class Chaos {
    private static final int LOOPS = 2;
    private static final Duration TICK = Duration.ofSeconds(1);
    /** How long after its deadline the service waits for what it has cancelled, before it calls the end unclear. */
    private static final Duration CANCELLING = Duration.ofSeconds(1);

    private static final Duration LATE = Duration.ofSeconds(3);
    private static final int CALLS_BETWEEN_CALLERS = 3;
    private static final Duration SHORTLY = Duration.ofMillis(5);
    private static final Duration CONNECTING = Duration.ofMinutes(2);

    private Chaos() {}

    /**
     * Runs it; blocks until all calls have been made and checked.
     *
     * @param progress is told about once a second how many calls have ended
     * @throws IllegalStateException if not every browser can connect, or the chaos itself has a defect
     * @throws InterruptedException when the thread is interrupted; the chaos then ends without a report
     */
    public static ChaosReport run(ChaosTarget target, ChaosPlan plan, Consumer<Long> progress)
            throws InterruptedException {
        Recorder recorder = new Recorder(
                target.requestDeadline().plus(CANCELLING),
                target.requestDeadline().plus(LATE));
        List<SocketLoop> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new SocketLoop());
        }
        Crowd crowd = new Crowd(target, plan, recorder, loops);
        try {
            List<Thread> browsers = crowd.browsers().stream()
                    .map(browser -> crowd.threads().start(browser))
                    .toList();
            awaitBrowsers(crowd);
            List<Thread> callers = startCallers(crowd, plan);
            while (callers.stream().anyMatch(Thread::isAlive)) {
                Thread.sleep(TICK);
                recorder.check(false);
                crowd.checkForFailure();
                progress.accept(recorder.ended());
            }
            while (!recorder.check(true)) {
                Thread.sleep(TICK);
            }
            crowd.end();
            for (Thread browser : browsers) {
                browser.join();
            }
            crowd.checkForFailure();
        } finally {
            crowd.end();
            loops.forEach(SocketLoop::close);
        }
        return recorder.report();
    }

    private static void awaitBrowsers(Crowd crowd) throws InterruptedException {
        long end = System.nanoTime() + CONNECTING.toNanos();
        while (crowd.browsers().stream().anyMatch(browser -> browser.link() == null)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "Not every browser could connect. Look at what the service says, and whether it knows the tokens.");
            }
            Thread.sleep(SHORTLY);
        }
    }

    /** Begins with one caller, and adds one after every few calls, because a program that has just started is slow. */
    private static List<Thread> startCallers(Crowd crowd, ChaosPlan plan) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(~plan.seed());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < plan.callersPerAccount(); i++) {
            for (ChaosTarget.Member member : crowd.target().members()) {
                boolean isModern = (i + callers.size()) % 2 == 0;
                while (crowd.hasCalls() && crowd.recorder().ended() < (long) CALLS_BETWEEN_CALLERS * callers.size()) {
                    Thread.sleep(SHORTLY);
                }
                callers.add(crowd.threads().start(new ChaoticCaller(crowd, member, isModern, random.split())));
            }
        }
        return callers;
    }
}
