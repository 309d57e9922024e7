package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ways to a client that lead nowhere. */
public final class Outbounds {
    private Outbounds() {}

    /** Takes no notification, and cannot ask. */
    public static Outbound closed() {
        return new Outbound() {
            @Override
            public boolean send(JsonRpcNotification notification) {
                return false;
            }

            @Override
            public CompletionStage<JsonRpcResponse> ask(String method, ObjectNode params) {
                return CompletableFuture.failedFuture(new IllegalStateException("The client cannot be asked here"));
            }
        };
    }
}
