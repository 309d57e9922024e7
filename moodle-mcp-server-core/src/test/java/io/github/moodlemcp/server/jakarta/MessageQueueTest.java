package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.jakarta.MessageQueue.Polled;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Alarms alarms = new Alarms();
    private final MessageQueue queue = new MessageQueue(alarms);

    @AfterEach
    void end() {
        alarms.close();
    }

    private static JsonRpcMessage message(int number) {
        return new JsonRpcNotification("n" + number, JsonNodeFactory.instance.objectNode());
    }

    @Test
    void messagesComeInTheirOrderAndThenTheEnd() throws Exception {
        queue.offer(message(1));
        queue.offer(message(2));
        queue.end();

        assertThat(queue.poll(LONG)).isEqualTo(new Polled.Message(message(1)));
        assertThat(queue.poll(LONG)).isEqualTo(new Polled.Message(message(2)));
        assertThat(queue.poll(LONG)).isEqualTo(new Polled.Ended());
        assertThat(queue.poll(LONG)).isEqualTo(new Polled.Ended());
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        queue.end();

        assertThat(queue.offer(message(1))).isFalse();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void nothingComesInTimeWhenThereIsNothing() throws Exception {
        assertThat(queue.poll(Duration.ZERO)).isEqualTo(new Polled.Nothing());
        assertThat(queue.awaitEnd(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void aReaderThatDoesNotKeepUpMissesMessages() throws Exception {
        int taken = 0;
        while (queue.offer(message(taken))) {
            taken++;
        }

        assertThat(taken).isEqualTo(256);
        assertThat(queue.poll(LONG)).isEqualTo(new Polled.Message(message(0)));
        assertThat(queue.offer(message(taken))).isTrue();
    }

    @Test
    void whoWaitsIsWokenByAMessageAndByTheEnd() throws Exception {
        CompletableFuture<Polled> next = inBackground(() -> queue.poll(LONG));
        queue.offer(message(1));
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(new Polled.Message(message(1)));

        CompletableFuture<Boolean> end = inBackground(() -> queue.awaitEnd(LONG));
        queue.end();
        assertThat(end.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theEndIsNotReachedWhileAMessageWaits() throws Exception {
        queue.offer(message(1));
        queue.end();

        assertThat(queue.awaitEnd(LONG)).isFalse();
        queue.poll(LONG);
        assertThat(queue.awaitEnd(LONG)).isTrue();
    }

    private static <T> CompletableFuture<T> inBackground(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
