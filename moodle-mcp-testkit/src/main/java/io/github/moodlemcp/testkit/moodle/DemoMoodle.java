package io.github.moodlemcp.testkit.moodle;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small server that behaves like Moodle 5.0 where the extension touches it: login, {@code M.cfg},
 * {@code service.php} with its error shapes, course pages. Its people and courses are invented.
 *
 * <p>It listens on 127.0.0.1 only. Tests in other processes steer it through {@code /demo/…}. Safe for use by many
 * threads.
 */
public final class DemoMoodle implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;
    private final DemoSite site;
    private final StudentData student = StudentData.load();
    private final ActivityData activities = ActivityData.load();
    private final SessionStore sessions;
    private final FaultSwitch faults = new FaultSwitch();
    private final TrafficRecorder traffic = new TrafficRecorder();

    private DemoMoodle(Builder options) throws IOException {
        byte[] loopback = {127, 0, 0, 1};
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(loopback), options.port), 0);
        URI wwwroot = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + options.path);
        site = DemoSite.load(wwwroot, options.clock.instant());
        sessions = new SessionStore(options.clock, options.sessionTimeout);
        executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext(
                "/", new DemoHandler(site, student, activities, sessions, faults, traffic, ajax(options.clock)));
        server.start();
    }

    private AjaxEndpoint ajax(Clock clock) {
        var functions = new ArrayList<>(new SessionFunctions(site, sessions, faults).all());
        functions.add(new TimelineFunction(site, clock).function());
        functions.add(new CourseStateFunction(site).function());
        functions.add(new Fragments(site, student, activities).function());
        functions.add(new PeopleFunction(site, activities).function());
        CalendarFunctions calendar = new CalendarFunctions(site, student, clock);
        functions.addAll(calendar.all());
        functions.addAll(new CalendarWrites(student, calendar).all());
        MessageFunctions messages = new MessageFunctions(site, student);
        functions.addAll(messages.all());
        functions.addAll(new MessageWrites(student, messages).all());
        functions.addAll(new CourseWrites(site, student).all());
        functions.addAll(new ForumFunctions(site, student).all());
        return new AjaxEndpoint(site, traffic, functions);
    }

    /** A demo Moodle on a free port, below the path {@code /moodle}. */
    public static DemoMoodle start() throws IOException {
        return builder().start();
    }

    /** Options, all with defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The site's address, without a slash at the end. */
    public URI wwwroot() {
        return site.wwwroot();
    }

    /** Who can log in. */
    public List<DemoUser> users() {
        return site.users();
    }

    /** Makes the site misbehave until the next call. */
    public void fault(DemoFault fault) {
        faults.set(requireNonNull(fault, "fault"));
    }

    /** Gives every session a new sesskey, so that the one a page knows is stale. */
    public void rotateSesskeys() {
        sessions.rotateSesskeys();
    }

    /** Ends every session. */
    public void logOutEverybody() {
        sessions.logOutEverybody();
    }

    /** What was asked since the start or since {@link #forgetTraffic}. */
    public DemoTraffic traffic() {
        return traffic.snapshot();
    }

    /** Starts counting anew. */
    public void forgetTraffic() {
        traffic.forget();
    }

    /** Stops listening and drops what is being answered. */
    @Override
    public void close() {
        faults.set(DemoFault.none());
        server.stop(0);
        executor.shutdownNow();
    }

    /** Options of a demo Moodle. Not for use by many threads. */
    public static final class Builder {
        private int port;
        private String path = "/moodle";
        private Clock clock = Clock.systemUTC();
        private Duration sessionTimeout = Duration.ofHours(8);

        private Builder() {}

        /** The port, 0 to 65535; 0, the default, takes a free one. */
        public Builder port(int value) {
            if (value < 0 || value > 65_535) {
                throw new IllegalArgumentException("port is " + value + ": it must be 0 to 65535");
            }
            port = value;
            return this;
        }

        /** The path of wwwroot: empty, or one that starts with a slash and does not end with one. */
        public Builder path(String value) {
            if (!value.matches("(/[A-Za-z0-9_-]+)*") || (value + "/").startsWith(ControlEndpoint.PREFIX)) {
                throw new IllegalArgumentException(
                        "path is " + value + ": it must be empty or like /moodle, and not begin with /demo/");
            }
            path = value;
            return this;
        }

        /** What tells the time to sessions and course dates; the system's clock by default. */
        public Builder clock(Clock value) {
            clock = requireNonNull(value, "clock");
            return this;
        }

        /** How long an unused session lives; eight hours by default. */
        public Builder sessionTimeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("sessionTimeout is " + value + ": it must be positive");
            }
            sessionTimeout = value;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws java.net.BindException when the port is in use
         */
        public DemoMoodle start() throws IOException {
            return new DemoMoodle(this);
        }
    }
}
