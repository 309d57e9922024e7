package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResult;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ResultEncoder;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;

/**
 * Takes a request through the interceptors to the method that answers it, and gives the answer its wire form.
 *
 * <p>Safe for use by many threads. It blocks until the answer is there, at the latest at the exchange's deadline.
 */
public final class McpDispatcher {
    private static final System.Logger LOG = System.getLogger(McpDispatcher.class.getName());
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final McpInterceptor.Chain chain;
    private final ResultEncoder encoder;

    McpDispatcher(List<McpInterceptor> interceptors, McpInterceptor.Chain methods, ResultEncoder encoder) {
        this.chain = McpInterceptor.chain(interceptors, methods);
        this.encoder = encoder;
    }

    /** Answers a request; a defect becomes an error that names an incident, which the log explains. */
    public McpReply dispatch(McpExchange exchange) {
        try {
            McpResult result = chain.proceed(exchange);
            return new McpReply(
                    OK, new JsonRpcResult(exchange.request().id(), encoder.encode(result, exchange.version())), null);
        } catch (McpException e) {
            JsonRpcError error = new JsonRpcError(exchange.request().id(), e.code(), e.getMessage());
            return new McpReply(status(e, exchange), error, e.missingScope());
        } catch (RuntimeException e) {
            return defect(exchange, e);
        }
    }

    private static int status(McpException e, McpExchange exchange) {
        if (e.missingScope() != null) {
            return FORBIDDEN;
        }
        boolean unknownMethod = e.code() == JsonRpcErrorCode.METHOD_NOT_FOUND;
        return unknownMethod && exchange.version().isModern() ? NOT_FOUND : OK;
    }

    private static McpReply defect(McpExchange exchange, RuntimeException e) {
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "event=defect incident=" + incident, e);
        JsonRpcError error = new JsonRpcError(
                exchange.request().id(),
                JsonRpcErrorCode.INTERNAL_ERROR,
                "Internal error (incident " + incident + "); the service's log explains it");
        return new McpReply(OK, error, null);
    }
}
