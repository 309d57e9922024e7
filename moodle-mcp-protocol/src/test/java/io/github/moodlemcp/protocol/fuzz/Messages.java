package io.github.moodlemcp.protocol.fuzz;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResult;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.util.Random;

/** Random JSON-RPC messages that the codec can read again. */
final class Messages {
    private static final long MAX_SAFE_INTEGER = 1L << 53;

    private Messages() {}

    static RequestId id(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new RequestId.Number(random.nextBoolean() ? MAX_SAFE_INTEGER : -MAX_SAFE_INTEGER);
            case 1 -> new RequestId.Number(random.nextInt());
            case 2 -> new RequestId.Text("a".repeat(RequestId.MAX_TEXT_LENGTH));
            default -> new RequestId.Text(Json.text(random, RequestId.MAX_TEXT_LENGTH));
        };
    }

    static JsonRpcRequest request(Random random) {
        return new JsonRpcRequest(id(random), method(random), Json.object(random));
    }

    static JsonRpcMessage message(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> request(random);
            case 1 -> new JsonRpcNotification(method(random), Json.object(random));
            case 2 -> new JsonRpcResult(id(random), Json.value(random));
            default ->
                new JsonRpcError(
                        random.nextInt(5) == 0 ? null : id(random),
                        random.nextInt(),
                        Json.text(random, 40),
                        random.nextInt(5) == 0 ? null : Json.value(random));
        };
    }

    private static String method(Random random) {
        return "m" + Json.text(random, 40);
    }
}
