package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResult;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpErrorCode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.protocol.mcp.ResultEncoder;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request through the interceptors to the method that answers it, and gives the answer its wire form.
 *
 * <p>Safe for use by many threads. It blocks until the answer is there.
 */
public final class McpDispatcher implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Features features;
    private final McpInterceptor.Chain chain;
    private final ResultEncoder encoder;
    private final @Nullable Subscriptions subscriptions;
    private final Incidents incidents;

    McpDispatcher(
            Features features,
            List<McpInterceptor> interceptors,
            McpInterceptor.Chain methods,
            ResultEncoder encoder,
            @Nullable Subscriptions subscriptions,
            Incidents incidents) {
        this.features = features;
        this.chain = McpInterceptor.chain(interceptors, methods);
        this.encoder = encoder;
        this.subscriptions = subscriptions;
        this.incidents = incidents;
    }

    /** Answers a request; a defect becomes an error that names an incident, which the log explains. */
    public McpReply dispatch(McpExchange exchange) {
        try {
            McpResult result = chain.proceed(exchange);
            return new McpReply(
                    OK, new JsonRpcResult(exchange.request().id(), encoder.encode(result, exchange.version())), null);
        } catch (McpException e) {
            return new McpReply(status(e, exchange), error(exchange, e), e.missingScope());
        } catch (McpError e) {
            return new McpReply(OK, error(exchange, e), null);
        } catch (RuntimeException | Error e) {
            JsonRpcError error =
                    new JsonRpcError(exchange.request().id(), JsonRpcErrorCode.INTERNAL_ERROR, incidents.report(e));
            return new McpReply(OK, error, null);
        }
    }

    /** Whether the answer to a request may take time, or something may be said before it. */
    public static boolean mayTakeTime(JsonRpcRequest request) {
        return switch (request.method()) {
            case "tools/call", "prompts/get", "resources/read", "completion/complete", "subscriptions/listen" -> true;
            default -> false;
        };
    }

    /** Whether a request is answered only when its client goes or the server stops. */
    public static boolean isOpenEnded(JsonRpcRequest request) {
        return request.method().equals("subscriptions/listen");
    }

    /** The answer to a request whose deadline is over while its handler is still at work. */
    public McpReply overdue(McpExchange exchange) {
        if (exchange.request().method().equals("tools/call")) {
            String tool = exchange.request().params().path("name").asText();
            McpResult result = features.tool(tool).filter(ServedTool::onlyReads).isPresent()
                    ? overdue("not_delivered", "It only reads, so nothing was changed: call it again.")
                    : overdue(
                            "outcome_unknown",
                            "It is not known whether it had an effect. Check before calling it again.");
            return new McpReply(
                    OK, new JsonRpcResult(exchange.request().id(), encoder.encode(result, exchange.version())), null);
        }
        JsonRpcError error = new JsonRpcError(
                exchange.request().id(),
                JsonRpcErrorCode.INTERNAL_ERROR,
                "The request was not answered in time; send it again later");
        return new McpReply(OK, error, null);
    }

    private static McpResult overdue(String outcome, String whatNow) {
        ContentBlock text = new ContentBlock.Text("The tool did not answer in time. " + whatNow);
        ObjectNode meta = JsonNodeFactory.instance.objectNode().put(MetaKey.OUTCOME, outcome);
        return new McpResult.ToolCall(List.of(text), null, true, meta);
    }

    /**
     * Sends what a session of a revision with a handshake hears of, until the registration is closed.
     *
     * @return nothing when this server tells of no changes
     */
    public Optional<Changes.Registration> follow(String session, Outbound outbound) {
        return Optional.ofNullable(subscriptions).map(all -> all.follow(session, outbound));
    }

    /** Whether this server tells of changes. */
    public boolean tellsChanges() {
        return subscriptions != null;
    }

    /** Ends the streams that stay open until the server stops. */
    @Override
    public void close() {
        if (subscriptions != null) {
            subscriptions.close();
        }
    }

    private static JsonRpcError error(McpExchange exchange, McpError e) {
        return new JsonRpcError(exchange.request().id(), e.code(), e.getMessage(), e.data());
    }

    /** Revision 2026-07-28 fixes the HTTP status of some errors; before, an answered request is always 200. */
    private static int status(McpException e, McpExchange exchange) {
        if (e.missingScope() != null) {
            return FORBIDDEN;
        }
        if (e.isRevoked()) {
            return UNAUTHORIZED;
        }
        if (!exchange.version().isModern()) {
            return OK;
        }
        return switch (e.code()) {
            case JsonRpcErrorCode.METHOD_NOT_FOUND -> NOT_FOUND;
            case McpErrorCode.MISSING_CLIENT_CAPABILITY, McpErrorCode.HEADER_MISMATCH -> BAD_REQUEST;
            default -> OK;
        };
    }
}
