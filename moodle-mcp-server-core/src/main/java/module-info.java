/** The embeddable server: {@code /mcp}, {@code /ws} and the tools, on Jakarta REST and Jakarta WebSocket APIs only. */
module io.github.moodlemcp.server {
    requires transitive io.github.moodlemcp.bridge;
    requires transitive jakarta.websocket;
    requires transitive jakarta.websocket.client;
    requires transitive jakarta.ws.rs;
    requires com.fasterxml.jackson.databind;
    requires jakarta.annotation;
    requires com.networknt.schema;
    requires static transitive org.jspecify;

    exports io.github.moodlemcp.server;
    exports io.github.moodlemcp.server.feature;
    exports io.github.moodlemcp.server.spi;

    // The REST runtime and the WebSocket container reach the resources and the endpoint by reflection.
    opens io.github.moodlemcp.server.jakarta;
}
