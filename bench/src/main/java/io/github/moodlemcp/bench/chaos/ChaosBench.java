package io.github.moodlemcp.bench.chaos;

import io.github.moodlemcp.testkit.chaos.Chaos;
import io.github.moodlemcp.testkit.chaos.ChaosPlan;
import io.github.moodlemcp.testkit.chaos.ChaosReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** {@code ./moodle-mcp bench chaos}. */
public final class ChaosBench {
    static final int ACCOUNTS = 60;

    private static final long CALLS = 1_000_000;
    private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(10);
    private static final int WRONG_USAGE = 2;
    private static final String USAGE = """
            Usage: ./moodle-mcp bench chaos [--calls 1000000] [--seed N] [--harsh]

            Starts the service in a process of its own, makes so many calls of 60 accounts while their browsers and clients
            misbehave at random, records all that happens, and checks it: every result came from an execution on a browser of
            the caller, for that very command, at most once, and every ending tells the truth. Ends with 0 if nothing else
            was found. With --harsh half of the calls write, and few meet nothing unusual.""";

    private ChaosBench() {}

    /**
     * Runs it.
     *
     * @param args as the usage says
     * @throws IOException when the server does not start
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> given = new ArrayList<>(List.of(args));
        if (given.contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            boolean isHarsh = given.remove("--harsh");
            long calls = number(given, "--calls", CALLS);
            long seed = number(given, "--seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
            System.exit(run(isHarsh ? ChaosPlan.harsh(seed, calls) : ChaosPlan.of(seed, calls)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("bench chaos: " + e.getMessage());
            System.err.println(USAGE);
            System.exit(WRONG_USAGE);
        }
    }

    private static boolean run(ChaosPlan plan) throws IOException, InterruptedException {
        System.out.println("seed: " + plan.seed());
        long begun = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(
                ACCOUNTS, List.of("-Xmx512m"), List.of(), Path.of("target", "bench", "logs", "chaos-server.log"))) {
            ChaosReport report = Chaos.run(server.target(ACCOUNTS), plan, new Progress(plan.calls())::tell);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            System.out.println("seconds: " + seconds);
            report.lines().forEach(System.out::println);
            if (!server.isAlive()) {
                System.err.println("bench chaos: the server has ended; target/bench/logs/chaos-server.log tells why.");
                return false;
            }
            return report.isClean();
        }
    }

    /** Says now and then how far it is. */
    private static final class Progress {
        private final long calls;
        private long told = System.nanoTime();

        Progress(long calls) {
            this.calls = calls;
        }

        void tell(long ended) {
            if (System.nanoTime() - told > TELL_EVERY) {
                told = System.nanoTime();
                System.err.println(ended + " of " + calls + " calls …");
            }
        }
    }

    private static long number(List<String> args, String option, long otherwise) {
        for (int i = 0; i < args.size(); i += 2) {
            if (!List.of("--calls", "--seed").contains(args.get(i)) || i + 1 == args.size()) {
                throw new IllegalArgumentException(args.get(i) + " is no option, or lacks its number.");
            }
        }
        int index = args.indexOf(option);
        return index < 0 ? otherwise : Long.parseLong(args.get(index + 1));
    }
}
