package io.github.moodlemcp.server.internal;

import java.util.ArrayList;
import java.util.List;

/** Whether a request was cancelled, and what then happens. Safe for use by many threads. */
public final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Nothing is cancelled yet. */
    public Cancellation() {}

    /** Cancels; a second time does nothing. The actions run on this thread, outside the lock. */
    public void cancel() {
        List<Runnable> due;
        synchronized (actions) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Whether it was cancelled. */
    public boolean isCancelled() {
        synchronized (actions) {
            return cancelled;
        }
    }

    /** Runs the action when it is cancelled, at once if it already is; the action must not block. */
    public void onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
