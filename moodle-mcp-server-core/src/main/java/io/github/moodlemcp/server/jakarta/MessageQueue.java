package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.server.internal.Alarms;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages on their way to one client, from many threads to the one that writes. */
final class MessageQueue {

    /** How many messages may wait for a client that reads slowly. */
    private static final int CAPACITY = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<JsonRpcMessage> messages = new ArrayDeque<>();
    private final Alarms alarms;
    private boolean ended;

    /** @param alarms end the waiting */
    MessageQueue(Alarms alarms) {
        this.alarms = alarms;
    }

    /** What a look at the queue found. */
    sealed interface Polled {
        /** A message. */
        record Message(JsonRpcMessage message) implements Polled {}

        /** Nothing came in time. */
        record Nothing() implements Polled {}

        /** No more will come. */
        record Ended() implements Polled {}
    }

    /** Adds a message; returns false when too many wait, or no more are taken. */
    boolean offer(JsonRpcMessage message) {
        lock.lock();
        try {
            if (ended || messages.size() >= CAPACITY) {
                return false;
            }
            messages.add(message);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more messages; those that wait are still delivered. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a message or the end, and takes nothing; returns whether the queue has ended without one. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            awaitChange(patience);
            return ended && messages.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next message, waiting for it. */
    Polled poll(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            awaitChange(patience);
            JsonRpcMessage message = messages.poll();
            if (message != null) {
                return new Polled.Message(message);
            }
            return ended ? new Polled.Ended() : new Polled.Nothing();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return messages.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(Duration patience) throws InterruptedException {
        if (!messages.isEmpty() || ended || !patience.isPositive()) {
            return;
        }
        AtomicBoolean over = new AtomicBoolean();
        try (Alarms.Alarm ignored = alarms.after(patience, () -> endWaiting(over))) {
            while (messages.isEmpty() && !ended && !over.get()) {
                changed.await();
            }
        }
    }

    private void endWaiting(AtomicBoolean over) {
        lock.lock();
        try {
            over.set(true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
