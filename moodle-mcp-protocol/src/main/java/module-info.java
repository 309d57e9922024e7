/** MCP, JSON-RPC and bridge frames: wire types and their codec, without HTTP and without threads. */
module io.github.moodlemcp.protocol {
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires static transitive org.jspecify;

    exports io.github.moodlemcp.protocol.bridge;
    exports io.github.moodlemcp.protocol.jsonrpc;
    exports io.github.moodlemcp.protocol.mcp;
}
