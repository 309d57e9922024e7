package io.github.moodlemcp.testkit.moodle;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Runs the demo Moodle until the process is told to end. */
public final class DemoMoodleMain {
    private static final int DEFAULT_PORT = 8090;
    private static final String USAGE = "Usage: DemoMoodleMain [--port 0-65535] [--path /moodle]";

    private DemoMoodleMain() {}

    /**
     * Prints one line with the address and the logins, then waits for SIGTERM. Ends with code 1 when it cannot start
     * and 2 when the arguments are wrong.
     *
     * @param args {@code --port N} and {@code --path /PATH}
     */
    public static void main(String[] args) throws InterruptedException {
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        int failure = run(args, System.out, System.err);
        if (failure != 0) {
            System.exit(failure);
        }
        new CountDownLatch(1).await();
    }

    /** Starts it and returns 0, or says on {@code err} why not and returns the exit code. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        DemoMoodle.Builder options = DemoMoodle.builder().port(DEFAULT_PORT);
        int port = DEFAULT_PORT;
        try {
            for (int i = 0; i < args.length; i += 2) {
                String value = i + 1 < args.length ? args[i + 1] : "";
                switch (args[i]) {
                    case "--port" -> {
                        port = Integer.parseInt(value);
                        options.port(port);
                    }
                    case "--path" -> options.path(value);
                    default -> throw new IllegalArgumentException("unknown option");
                }
            }
        } catch (IllegalArgumentException wrong) {
            err.println("The arguments are wrong: " + String.join(" ", args) + "\n" + USAGE);
            return 2;
        }
        return start(options, port, out, err);
    }

    private static int start(DemoMoodle.Builder options, int port, PrintStream out, PrintStream err) {
        try {
            DemoMoodle moodle = options.start();
            Runtime.getRuntime().addShutdownHook(new Thread(moodle::close, "demo-moodle-stop"));
            String logins = moodle.users().stream()
                    .map(user -> user.username() + " / " + user.password())
                    .collect(Collectors.joining(", "));
            out.println("Demo Moodle runs at " + moodle.wwwroot() + " (logins: " + logins + ")");
            return 0;
        } catch (BindException inUse) {
            err.println("The demo Moodle cannot start: port " + port + " of 127.0.0.1 is in use or not allowed. "
                    + "End the program that uses it, or choose another port with --port.");
        } catch (IOException failed) {
            err.println("The demo Moodle cannot start on port " + port + ": " + failed.getMessage()
                    + ". Try another port with --port.");
        }
        return 1;
    }
}
