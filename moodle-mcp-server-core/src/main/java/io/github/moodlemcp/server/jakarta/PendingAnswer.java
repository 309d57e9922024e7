package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.internal.McpReply;
import io.github.moodlemcp.server.internal.Outbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answer to one POST while its handlers are at work: what they say meanwhile, and in the end the responses. Safe for use
 * by many threads; one of them reads.
 */
final class PendingAnswer implements Outbound {
    private final MessageQueue queue;
    private final AccountId account;
    private final ClientRequests clientRequests;
    private final boolean takesEvents;
    private final Duration patience;
    private final AtomicInteger questions = new AtomicInteger();
    private final List<McpReply> replies = new ArrayList<>();
    private volatile Deadline deadline;

    /**
     * @param takesEvents whether the client accepts a stream; without one it hears nothing before the answer
     * @param patience how long the answer may take, not counting the time in which the client is asked something
     */
    PendingAnswer(
            AccountId account, ClientRequests clientRequests, boolean takesEvents, Duration patience, Alarms alarms) {
        this.queue = new MessageQueue(alarms);
        this.account = account;
        this.clientRequests = clientRequests;
        this.takesEvents = takesEvents;
        this.patience = patience;
        this.deadline = Deadline.after(patience);
    }

    @Override
    public boolean send(JsonRpcNotification notification) {
        return takesEvents && queue.offer(notification);
    }

    @Override
    public CompletionStage<JsonRpcResponse> ask(String method, ObjectNode params) {
        questions.incrementAndGet();
        deadline = Deadline.after(ClientRequests.PATIENCE.plus(patience));
        return clientRequests
                .ask(account, method, params, request -> takesEvents && queue.offer(request))
                .whenComplete((response, failure) -> {
                    if (questions.decrementAndGet() == 0) {
                        deadline = Deadline.after(patience);
                    }
                });
    }

    /** Adds a response. */
    void add(McpReply reply) {
        synchronized (replies) {
            replies.add(reply);
        }
    }

    /** All responses are there. */
    void complete() {
        queue.end();
    }

    /** The responses so far, in the order they came. */
    List<McpReply> replies() {
        synchronized (replies) {
            return List.copyOf(replies);
        }
    }

    /** Waits until the answer is whole; returns false when something must be said before, or it is not there in time. */
    boolean awaitWhole(Duration atMost) throws InterruptedException {
        return queue.awaitEnd(shorter(atMost));
    }

    /** Whether something must be said before the answer is whole. */
    boolean hasMessages() {
        return !queue.isEmpty();
    }

    /** The next thing to say, waiting for it. */
    MessageQueue.Polled next(Duration atMost) throws InterruptedException {
        return queue.poll(shorter(atMost));
    }

    /** Whether nobody waits any longer. */
    boolean isOverdue() {
        return deadline.isOver();
    }

    private Duration shorter(Duration duration) {
        Duration remaining = deadline.remaining();
        return remaining.compareTo(duration) < 0 ? remaining : duration;
    }
}
