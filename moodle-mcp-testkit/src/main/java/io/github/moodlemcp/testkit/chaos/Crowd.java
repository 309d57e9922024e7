package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.load.SocketLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everybody who takes part in the chaos. Safe for use by many threads. */
final class Crowd {
    private final ChaosTarget target;
    private final ChaosPlan plan;
    private final Recorder recorder;
    private final List<SocketLoop> loops;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong callsLeft;
    private final AtomicLong calls = new AtomicLong();
    private final Map<String, List<ChaoticBrowser>> byAccount = new TreeMap<>();
    private final List<ChaoticBrowser> browsers = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    Crowd(ChaosTarget target, ChaosPlan plan, Recorder recorder, List<SocketLoop> loops) {
        this.target = target;
        this.plan = plan;
        this.recorder = recorder;
        this.loops = List.copyOf(loops);
        this.callsLeft = new AtomicLong(plan.calls());
        SplittableRandom random = new SplittableRandom(plan.seed());
        int number = 0;
        for (ChaosTarget.Member member : target.members()) {
            List<ChaoticBrowser> own = new ArrayList<>();
            for (int i = 0; i <= number % plan.maxBrowsers(); i++) {
                own.add(new ChaoticBrowser(this, member, random.split()));
            }
            byAccount.put(member.account(), own);
            browsers.addAll(own);
            number++;
        }
    }

    ChaosPlan plan() {
        return plan;
    }

    ChaosTarget target() {
        return target;
    }

    Recorder recorder() {
        return recorder;
    }

    List<ChaoticBrowser> browsers() {
        return browsers;
    }

    List<ChaoticBrowser> browsersOf(String account) {
        return byAccount.getOrDefault(account, List.of());
    }

    /** One of the loops that sockets live on. */
    SocketLoop loop() {
        return loops.get((int) (connections.get() % loops.size()));
    }

    long nextConnection() {
        return connections.incrementAndGet();
    }

    /** The number of a new call. */
    long nextCall() {
        return calls.incrementAndGet();
    }

    /** Whether calls are still to be made. */
    boolean hasCalls() {
        return callsLeft.get() > 0;
    }

    /** Takes some of the calls that are still to be made; returns whether there were any left. */
    boolean takeCalls(int count) {
        return callsLeft.getAndAdd(-count) > 0;
    }

    /** Somebody else's connection that is live now, or null when none was found. */
    @Nullable
    Link strangerTo(String account, SplittableRandom random) {
        for (int tries = 0; tries < 10; tries++) {
            ChaoticBrowser browser = browsers.get(random.nextInt(browsers.size()));
            Link link = browser.link();
            if (link != null && !browser.account().equals(account)) {
                return link;
            }
        }
        return null;
    }

    /** The live connection of another browser of the account, or null. */
    @Nullable
    Link siblingOf(ChaoticBrowser browser) {
        return browsersOf(browser.account()).stream()
                .filter(other -> other != browser)
                .flatMap(other -> Stream.ofNullable(other.link()))
                .findAny()
                .orElse(null);
    }

    /** Does with a command what chance decides for its errand. */
    void obey(ChaoticBrowser browser, ChaoticBrowser.Profile profile, Link.Arrived command) {
        SplittableRandom random = new SplittableRandom(
                plan.seed() ^ Long.rotateLeft(Recorder.numberOf(command.errand()) * 0x9E3779B97F4A7C15L, 17));
        Deeds deeds = new Deeds(this, browser, profile, command, random);
        if (command.run().sideEffect().equals("read")) {
            ReadScript.pick(random, plan.isHarsh()).run(deeds);
        } else {
            threads().start(() -> WriteScript.pick(random, plan.isHarsh()).run(deeds));
        }
    }

    /** What all threads of the chaos are started with, so that none fails unheard. */
    Thread.Builder threads() {
        return Thread.ofVirtual().uncaughtExceptionHandler((thread, failure) -> fail(failure));
    }

    private void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /**
     * Tells of a defect in the chaos itself.
     *
     * @throws IllegalStateException if there is one
     */
    void checkForFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("The chaos itself failed", cause);
        }
    }

    boolean isOver() {
        return over;
    }

    /** Sends everybody home. */
    void end() {
        over = true;
    }
}
