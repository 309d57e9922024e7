package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.McpErrorCode;
import io.github.moodlemcp.server.ToolSelection;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that ends in a JSON-RPC error. Its message is for the client: never a secret or text from Moodle. */
final class McpException extends McpError {
    private static final long serialVersionUID = 1;

    private final @Nullable String missingScope;
    private final boolean revoked;

    private McpException(
            int code, String message, @Nullable JsonNode data, @Nullable String missingScope, boolean revoked) {
        super(code, message, data);
        this.missingScope = missingScope;
        this.revoked = revoked;
    }

    McpException(int code, String message, @Nullable JsonNode data) {
        this(code, message, data, null, false);
    }

    /** The parameters do not fit the method; {@code why} says which and what to send instead. */
    static McpException invalidParams(String why) {
        return new McpException(JsonRpcErrorCode.INVALID_PARAMS, "Invalid params: " + why, null);
    }

    /** Names no method: what a client sends is not repeated to it. */
    static McpException methodNotFound() {
        return new McpException(JsonRpcErrorCode.METHOD_NOT_FOUND, "Method not found", null);
    }

    /** A header does not say what the arguments say. */
    static McpException headerMismatch(String why) {
        return new McpException(McpErrorCode.HEADER_MISMATCH, "Header mismatch: " + why, null);
    }

    /** The client did not declare what the request needs. */
    static McpException missingCapabilities(Set<ClientCapability> missing) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("requiredCapabilities", ClientCapability.toJson(missing));
        return new McpException(
                McpErrorCode.MISSING_CLIENT_CAPABILITY, "Missing required client capability; see the data", data);
    }

    /** The key or the address leaves the tool out. */
    static McpException notOffered(ServedTool tool, ToolSelection selection) {
        String why = selection.readOnly() && !tool.onlyReads()
                ? "the tool changes something, and this key or address is limited to reading; use one that is not"
                : "the tool belongs to the toolset " + tool.toolset()
                        + ", which this key or address leaves out; use one that has it";
        return invalidParams(why);
    }

    /** The caller's key or token counts no more. */
    static McpException revokedMeanwhile() {
        return new McpException(
                JsonRpcErrorCode.INVALID_REQUEST,
                "The key was revoked while the request was at work: its result is withheld, and it may have had an effect;"
                        + " use a key that counts",
                null,
                null,
                true);
    }

    /** The caller's token does not cover what it asks for. */
    static McpException insufficientScope(int code, String scope) {
        return new McpException(
                code, "This needs the scope " + scope + ", which your key does not have", null, scope, false);
    }

    /** Whether the caller's credential counts no more. */
    boolean isRevoked() {
        return revoked;
    }

    @Nullable
    String missingScope() {
        return missingScope;
    }
}
