package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Streams that stay open until their client goes or the server stops. Safe for use by many threads. */
public final class OpenStreams implements AutoCloseable {
    private final JsonRpcCodec codec;
    private final Duration keepAlive;
    private final Set<MessageQueue> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param keepAlive how often something is sent at least */
    OpenStreams(JsonRpcCodec codec, Duration keepAlive) {
        this.codec = codec;
        this.keepAlive = keepAlive;
    }

    /** What is written first. */
    @FunctionalInterface
    interface Opening {
        void write(EventStream stream) throws IOException;
    }

    /**
     * The answer that delivers what comes into the queue.
     *
     * @param whenOver runs when the stream has ended, whoever ended it
     */
    Response deliver(MessageQueue queue, Opening opening, Runnable whenOver) {
        open.add(queue);
        if (closed) {
            queue.end();
        }
        return EventStream.response(out -> {
            try {
                write(out, queue, opening);
            } catch (IOException e) {
                // The client has gone; a runtime that heard of it would log a stack trace.
                queue.end();
            } finally {
                open.remove(queue);
                whenOver.run();
            }
        });
    }

    private void write(OutputStream out, MessageQueue queue, Opening opening) throws IOException {
        EventStream stream = new EventStream(out, codec);
        opening.write(stream);
        try {
            while (true) {
                switch (queue.poll(keepAlive)) {
                    case MessageQueue.Polled.Message(var message) -> stream.message(message);
                    case MessageQueue.Polled.Nothing() -> stream.comment("keep-alive");
                    case MessageQueue.Polled.Ended() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Ends all streams, and those that are opened later as soon as they begin. */
    @Override
    public void close() {
        closed = true;
        open.forEach(MessageQueue::end);
    }
}
