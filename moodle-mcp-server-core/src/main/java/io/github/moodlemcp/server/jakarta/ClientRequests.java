package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What this node has asked clients in revisions with a handshake, until they answer by a POST of their own. An answer counts
 * only from the account that was asked. Safe for use by many threads.
 */
final class ClientRequests {

    /** People answer, so it takes as long as a person may. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int ID_BYTES = 16;

    private final SecureRandom random;
    private final ConcurrentMap<String, Asked> asked = new ConcurrentHashMap<>();

    ClientRequests(SecureRandom random) {
        this.random = random;
    }

    private record Asked(AccountId account, CompletableFuture<JsonRpcResponse> answer) {}

    /**
     * Asks.
     *
     * @param way sends the request; returns whether it could
     */
    CompletionStage<JsonRpcResponse> ask(
            AccountId account, String method, ObjectNode params, Predicate<JsonRpcMessage> way) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        CompletableFuture<JsonRpcResponse> answer = new CompletableFuture<>();
        asked.put(id, new Asked(account, answer));
        answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).whenComplete((response, failure) -> asked.remove(id));
        if (!way.test(new JsonRpcRequest(new RequestId.Text(id), method, params))) {
            answer.completeExceptionally(new IllegalStateException("The client takes no requests here"));
        }
        return answer;
    }

    /** Takes in what a client sent as an answer; does nothing when it was not asked. */
    void answered(AccountId account, JsonRpcResponse response) {
        if (response.id() instanceof RequestId.Text(var id)) {
            Asked question = asked.get(id);
            if (question != null && question.account().equals(account)) {
                question.answer().complete(response);
            }
        }
    }
}
