package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.BrowserStood;
import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One MCP client of an account, that calls and calls, now and then in a way no client should. For one thread. */
final class ChaoticCaller implements Runnable {
    private static final int WRITES_PER_THOUSAND = 250;
    private static final int HARSH_WRITES_PER_THOUSAND = 500;
    private static final int LEAVES_PER_THOUSAND = 15;
    private static final int NO_BROWSER_PER_THOUSAND = 5;
    private static final int FOREIGN_BROWSER_PER_THOUSAND = 5;
    private static final int MAX_ASKING = 8;
    private static final int HARSH_CALLERS_BESIDE = 4;

    private final Crowd crowd;
    private final ChaosTarget.Member member;
    private final SplittableRandom random;
    private final CallerLine line;

    ChaoticCaller(Crowd crowd, ChaosTarget.Member member, boolean isModern, SplittableRandom random) {
        this.crowd = crowd;
        this.member = member;
        this.random = random;
        this.line = new CallerLine(crowd.target().mcp(), member.callerKey(), isModern);
    }

    /** A call as it is to be made. */
    private record Plan(
            String errand,
            boolean isWrite,
            @Nullable String browser,
            @Nullable String requestKey) {
        Plan with(@Nullable String otherBrowser) {
            return new Plan(errand, isWrite, otherBrowser, requestKey);
        }

        Plan withKey(String key) {
            return new Plan(errand, isWrite, browser, key);
        }

        Map<String, String> arguments() {
            Map<String, String> arguments = new LinkedHashMap<>();
            arguments.put("errand", errand);
            if (browser != null) {
                arguments.put("browser", browser);
            }
            if (requestKey != null) {
                arguments.put("request_key", requestKey);
            }
            return arguments;
        }
    }

    /** Calls until all calls have been made. */
    @Override
    public void run() {
        try (line) {
            while (crowd.takeCalls(1)) {
                String errand = crowd.recorder().open();
                try {
                    runErrand(errand);
                } finally {
                    crowd.recorder().close(errand);
                }
            }
        }
    }

    private void runErrand(String errand) {
        if (random.nextInt(1000) >= (crowd.plan().isHarsh() ? HARSH_WRITES_PER_THOUSAND : WRITES_PER_THOUSAND)) {
            callOnce(new Plan(errand, false, browser(), null));
            return;
        }
        String key = "k-" + errand;
        switch (random.nextInt(10)) {
            case 0, 1 -> repeat(new Plan(errand, true, browser(), key));
            case 2 -> callAtOnce(new Plan(errand, true, browser(), key));
            case 3 -> useForOther(new Plan(errand, true, browser(), key));
            default -> callOnce(new Plan(errand, true, browser(), null));
        }
    }

    /** One call, and as many more as it takes to learn its end while the person is being asked. */
    private void callOnce(Plan plan) {
        int dice = random.nextInt(1000);
        if (dice < LEAVES_PER_THOUSAND) {
            callAndLeave(plan);
            return;
        }
        CallerLine.@Nullable Answer answer = call(plan);
        for (int asked = 0; isWaiting(answer) && asked < MAX_ASKING; asked++) {
            crowd.takeCalls(1);
            answer = call(answer.requestKey() == null ? plan : plan.withKey(answer.requestKey()));
        }
    }

    private static boolean isWaiting(CallerLine.@Nullable Answer answer) {
        return answer != null && answer.ending() == Ending.WAITING_FOR_APPROVAL;
    }

    /** The same again after its end, perhaps at another browser. */
    private void repeat(Plan plan) {
        callOnce(plan);
        for (int more = random.nextInt(1, 3); more > 0; more--) {
            crowd.takeCalls(1);
            crowd.recorder().count(Happening.KEY_REPEATED);
            callOnce(plan.with(browser()));
        }
    }

    /** The same several times at the same time, perhaps at other browsers. */
    private void callAtOnce(Plan plan) {
        crowd.recorder().count(Happening.KEY_AT_ONCE);
        int others = crowd.plan().isHarsh() ? HARSH_CALLERS_BESIDE : 1;
        CyclicBarrier start = new CyclicBarrier(1 + others);
        List<Thread> beside = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            crowd.takeCalls(1);
            ChaoticCaller other = new ChaoticCaller(crowd, member, random.nextBoolean(), random.split());
            Plan another = plan.with(browser());
            beside.add(crowd.threads().start(() -> {
                try (other.line) {
                    other.callTogether(another, start);
                }
            }));
        }
        callTogether(plan, start);
        beside.forEach(ChaoticCaller::join);
    }

    private void callTogether(Plan plan, CyclicBarrier start) {
        try {
            line.prepare();
        } catch (IOException e) {
            // The call itself then tells that it is not answered.
        }
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        call(plan);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The key of one errand for another one. */
    private void useForOther(Plan plan) {
        callOnce(plan);
        crowd.takeCalls(1);
        crowd.recorder().count(Happening.KEY_FOR_OTHER_ARGUMENTS);
        String other = crowd.recorder().open();
        try {
            call(new Plan(other, true, browser(), plan.requestKey()));
        } finally {
            crowd.recorder().close(other);
        }
    }

    /** The browser to name: one of the account's, unless chance wants it wrong. */
    private @Nullable String browser() {
        int dice = random.nextInt(1000);
        List<ChaoticBrowser> own = crowd.browsersOf(member.account());
        if (dice < NO_BROWSER_PER_THOUSAND) {
            return null;
        }
        if (dice < NO_BROWSER_PER_THOUSAND + FOREIGN_BROWSER_PER_THOUSAND) {
            crowd.recorder().count(Happening.BROWSER_OF_ANOTHER_ACCOUNT);
            return crowd.browsers().get(random.nextInt(crowd.browsers().size())).id();
        }
        return own.get(random.nextInt(own.size())).id();
    }

    /** Makes a call and notes its end; returns null when there was no good one. */
    private CallerLine.@Nullable Answer call(Plan plan) {
        long call = begin(plan);
        List<CallerLine.Answer> answers;
        try {
            answers = line.call(plan.isWrite() ? "chaos_write" : "chaos_read", plan.arguments());
        } catch (IOException e) {
            answers = List.of(CallerLine.Answer.broken(String.valueOf(e)));
        }
        answers.forEach(answer -> end(plan, call, answer));
        if (answers.isEmpty()) {
            return null;
        }
        if (answers.getFirst().ending() == Ending.NOT_DELIVERED) {
            lookAtBrowser(plan, call);
        }
        return answers.getFirst();
    }

    private void callAndLeave(Plan plan) {
        long pause = random.nextInt(60);
        long id = line.lastId() + 1;
        boolean isModern = line.isModern();
        long call = begin(plan);
        Thread leaving = crowd.threads().start(() -> {
            LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
            goAway(isModern, id);
        });
        List<CallerLine.Answer> answers = List.of();
        try {
            answers = line.call(plan.isWrite() ? "chaos_write" : "chaos_read", plan.arguments());
        } catch (IOException e) {
            // It went away before the answer: there is none.
        }
        join(leaving);
        line.stay();
        if (answers.isEmpty()) {
            end(plan, call, new CallerLine.Answer(Ending.LEFT, null, null, null));
        } else {
            answers.forEach(answer -> end(plan, call, answer));
        }
    }

    private void goAway(boolean isModern, long id) {
        if (isModern) {
            crowd.recorder().count(Happening.CALLER_LEFT);
            line.leave();
            return;
        }
        crowd.recorder().count(Happening.CALLER_CANCELLED);
        try {
            line.cancel(id);
        } catch (IOException e) {
            // The call then ends as it would have.
        }
    }

    private long begin(Plan plan) {
        long call = crowd.nextCall();
        crowd.recorder()
                .record(new CallBegun(
                        plan.errand(),
                        call,
                        member.account(),
                        plan.browser(),
                        plan.isWrite(),
                        plan.requestKey(),
                        System.nanoTime()));
        return call;
    }

    private void end(Plan plan, long call, CallerLine.Answer answer) {
        crowd.recorder()
                .record(new CallEnded(
                        plan.errand(), call, answer.ending(), answer.receipt(), answer.problem(), System.nanoTime()));
    }

    /** Notes whether the browser of a call that was not delivered is there, and gives one that is not the time to return. */
    private void lookAtBrowser(Plan plan, long call) {
        Link before = linkOf(plan.browser());
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(20, 100)).toNanos());
        if (before == null || !before.isLive()) {
            return;
        }
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        if (before.isLive()) {
            crowd.recorder().record(new BrowserStood(plan.errand(), call, before.place(), before.since()));
        }
    }

    private @Nullable Link linkOf(@Nullable String browser) {
        return crowd.browsersOf(member.account()).stream()
                .filter(own -> own.id().equals(browser))
                .findFirst()
                .map(ChaoticBrowser::link)
                .orElse(null);
    }
}
