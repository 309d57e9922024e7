package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResult;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpErrorCode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.session.RequestStates;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Calls a handler as often as it needs input, in the way of the request's revision: since 2026-07-28 the client repeats its
 * request with what it was asked for; before, the client is asked on the stream of the answer, and for an address to open it
 * is given an error (2025-11-25).
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi Round-Trip Requests</a>
 */
final class InputRounds {
    private static final int MAX_ROUNDS = 10;

    private final RequestStates states;
    private final CallFactory calls;
    private final Duration patience;

    /** @param patience how long each round of a handler may take */
    InputRounds(RequestStates states, CallFactory calls, Duration patience) {
        this.states = states;
        this.calls = calls;
        this.patience = patience;
    }

    /**
     * Answers a request.
     *
     * @param subject the name and the arguments, to which a state is bound
     */
    McpResult answer(McpExchange exchange, JsonNode subject, Function<McpCall, ? extends McpResult> handler) {
        return exchange.version().isModern() ? oneRound(exchange, subject, handler) : allRounds(exchange, handler);
    }

    private McpResult oneRound(McpExchange exchange, JsonNode subject, Function<McpCall, ? extends McpResult> handler) {
        McpResult result = handler.apply(calls.call(exchange, input(exchange, subject)));
        if (!(result instanceof McpResult.InputRequired(var requests, var state))) {
            return result;
        }
        requireCapabilities(exchange, requests);
        return new McpResult.InputRequired(
                requests, state == null ? null : TextNode.valueOf(states.seal(state, binding(exchange, subject))));
    }

    private static RequestStates.Binding binding(McpExchange exchange, JsonNode subject) {
        return new RequestStates.Binding(
                exchange.caller().account(), exchange.request().method(), subject);
    }

    /** Whether a request brings something of an earlier round. */
    static boolean isLaterRound(McpExchange exchange) {
        ObjectNode params = exchange.request().params();
        return params.has("inputResponses") || params.has("requestState");
    }

    /** What a request brings of an earlier round; a state that is not ours for this request is refused. */
    InputResponses input(McpExchange exchange, JsonNode subject) {
        ObjectNode params = exchange.request().params();
        JsonNode given = params.path("inputResponses");
        if (!given.isMissingNode() && !given.isObject()) {
            throw McpException.invalidParams("inputResponses must be an object");
        }
        Map<String, JsonNode> byKey = new HashMap<>();
        given.properties().forEach(response -> byKey.put(response.getKey(), response.getValue()));
        if (!params.has("requestState")) {
            return new InputResponses(byKey, null);
        }
        JsonNode state = states.open(params.get("requestState").asText(), binding(exchange, subject))
                .orElseThrow(() -> McpException.invalidParams(
                        "requestState is not one of this server for this request, or it has expired; send the request "
                                + "without it"));
        return new InputResponses(byKey, state);
    }

    private McpResult allRounds(McpExchange first, Function<McpCall, ? extends McpResult> handler) {
        McpExchange exchange = first;
        InputResponses input = InputResponses.none();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            McpResult result = handler.apply(calls.call(exchange, input));
            if (!(result instanceof McpResult.InputRequired(var requests, var state))) {
                return result;
            }
            requireCapabilities(exchange, requests);
            if (exchange.version() == ProtocolVersion.V2025_11_25 && asksForAddresses(requests)) {
                throw addressesRequired(requests);
            }
            input = new InputResponses(ask(exchange, requests), state);
            exchange = exchange.withDeadline(Deadline.after(patience));
        }
        throw new IllegalStateException("A handler asked for input more than " + MAX_ROUNDS + " times");
    }

    private static Map<String, JsonNode> ask(McpExchange exchange, Map<String, InputRequest> requests) {
        Map<String, CompletableFuture<JsonRpcResponse>> asked = new LinkedHashMap<>();
        requests.forEach((key, request) -> {
            CompletableFuture<JsonRpcResponse> answer = exchange.outbound()
                    .ask(request.method(), request.params(exchange.version()))
                    .toCompletableFuture();
            exchange.cancellation().onCancel(() -> answer.cancel(false));
            asked.put(key, answer);
        });
        Map<String, JsonNode> responses = new HashMap<>();
        asked.forEach((key, answer) -> {
            switch (waitFor(answer)) {
                case JsonRpcResult(var id, var result) -> responses.put(key, result);
                case JsonRpcError ignored -> throw refused();
            }
        });
        return responses;
    }

    private static JsonRpcResponse waitFor(CompletableFuture<JsonRpcResponse> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAnswered();
        } catch (ExecutionException | CancellationException e) {
            throw notAnswered();
        }
    }

    private static McpException refused() {
        return new McpException(
                JsonRpcErrorCode.INVALID_REQUEST,
                "The client was asked for input and answered with an error; send the request again when it can answer",
                null);
    }

    private static McpException notAnswered() {
        return new McpException(
                JsonRpcErrorCode.INVALID_REQUEST,
                "The client was asked for input and did not answer; send the request again over a connection that "
                        + "accepts text/event-stream",
                null);
    }

    private static boolean asksForAddresses(Map<String, InputRequest> requests) {
        return !requests.isEmpty()
                && requests.values().stream().allMatch(request -> request instanceof InputRequest.Url);
    }

    private static McpException addressesRequired(Map<String, InputRequest> requests) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode elicitations = data.putArray("elicitations");
        requests.values().forEach(request -> elicitations.add(request.params(ProtocolVersion.V2025_11_25)));
        return new McpException(
                McpErrorCode.LEGACY_URL_ELICITATION_REQUIRED,
                "The person must open an address first; then send the request again",
                data);
    }

    /** Refuses to ask a client for what it did not declare. */
    static void requireCapabilities(McpExchange exchange, Map<String, InputRequest> requests) {
        Set<ClientCapability> missing = EnumSet.noneOf(ClientCapability.class);
        requests.values().stream()
                .map(InputRequest::capability)
                .filter(capability -> !exchange.client().can(capability))
                .forEach(missing::add);
        if (missing.isEmpty()) {
            return;
        }
        throw exchange.version().isModern()
                ? McpException.missingCapabilities(missing)
                : new McpException(
                        JsonRpcErrorCode.INVALID_REQUEST,
                        "This needs a capability that the client did not declare in initialize; see the data",
                        JsonNodeFactory.instance
                                .objectNode()
                                .set("requiredCapabilities", ClientCapability.toJson(missing)));
    }
}
