package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.feature.Client;

/** Reads how a client describes itself. */
public final class ClientOf {
    private ClientOf() {}

    /** The client as the metadata of a request says, since revision 2026-07-28. */
    public static Client request(JsonRpcRequest request) {
        JsonNode meta = request.params().path("_meta");
        return client(meta.path(MetaKey.CLIENT_INFO), meta.path(MetaKey.CLIENT_CAPABILITIES));
    }

    /** The client as the parameters of {@code initialize} say. */
    public static Client initialize(JsonRpcRequest request) {
        return client(request.params().path("clientInfo"), request.params().path("capabilities"));
    }

    private static Client client(JsonNode info, JsonNode capabilities) {
        return new Client(
                info.path("name").textValue(), info.path("version").textValue(), ClientCapability.in(capabilities));
    }
}
