package io.github.moodlemcp.server.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs actions after a time, unless they are called off before, as nearly all are. One thread looks at all of them now and
 * then, so that setting an alarm and calling it off wakes nobody: a timed wait of a virtual thread wakes the thread of its
 * timers when it begins and when it ends, which costs as much as a good part of a call. An alarm goes off up to 25 ms late.
 * Safe for use by many threads.
 */
public final class Alarms implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Alarms.class.getName());
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long STAY_AWAKE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Alarm> set = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the thread, a daemon. */
    public Alarms() {
        thread = Thread.ofPlatform().daemon().name("alarms").start(this::run);
    }

    /** An action that is to run. */
    public final class Alarm implements AutoCloseable {
        private final long at;
        private final Runnable action;

        private Alarm(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        /** Calls it off; does nothing when it went off. */
        @Override
        public void close() {
            set.remove(this);
        }
    }

    /**
     * Sets an alarm.
     *
     * @param after at once if it is not positive
     * @param action runs on the thread of the alarms, which it must not hold up
     */
    public Alarm after(Duration after, Runnable action) {
        Alarm alarm = new Alarm(System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(after)), action);
        set.add(alarm);
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
        return alarm;
    }

    private void run() {
        long lastSeen = System.nanoTime();
        while (!closed) {
            long now = System.nanoTime();
            if (!set.isEmpty()) {
                lastSeen = now;
                set.forEach(alarm -> goOff(alarm, now));
            }
            if (now - lastSeen < STAY_AWAKE_NANOS) {
                LockSupport.parkNanos(LOOK_NANOS);
            } else {
                sleep();
            }
        }
    }

    private void sleep() {
        asleep.set(true);
        while (asleep.get() && set.isEmpty() && !closed) {
            LockSupport.park();
        }
        asleep.set(false);
    }

    private void goOff(Alarm alarm, long now) {
        if (alarm.at - now > 0 || !set.remove(alarm)) {
            return;
        }
        try {
            alarm.action.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=alarm_failed", e);
        }
    }

    /** Whether the thread waits for an alarm to be set. */
    boolean isAsleep() {
        return asleep.get();
    }

    /** Ends the thread: no alarm goes off any more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
