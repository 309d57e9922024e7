package io.github.moodlemcp.server.internal;

import org.jspecify.annotations.Nullable;

/** A request that ends in a JSON-RPC error. Its message is for the client: never a secret or text from Moodle. */
final class McpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final @Nullable String missingScope;

    McpException(int code, String message) {
        this(code, message, null);
    }

    private McpException(int code, String message, @Nullable String missingScope) {
        super(message, null, false, false);
        this.code = code;
        this.missingScope = missingScope;
    }

    /** The caller's token does not cover what it asks for. */
    static McpException insufficientScope(int code, String scope) {
        return new McpException(code, "This needs the scope " + scope + ", which your key does not have", scope);
    }

    int code() {
        return code;
    }

    @Nullable
    String missingScope() {
        return missingScope;
    }
}
