package io.github.moodlemcp.bench;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The tool {@code echo} on our server, embedded as in the service: Jersey on Grizzly. */
public final class OurServer {
    private static final String SCHEMA = """
            {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"], "additionalProperties": false}
            """;

    private OurServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port, and the key that callers must show
     * @throws IOException when the port cannot be bound
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        ServerOptions options =
                ServerOptions.builder(URI.create("http://127.0.0.1:" + port)).build();
        MoodleMcpServer server = MoodleMcpServer.builder(options)
                .withoutMoodle()
                .implementation(new Implementation("echo-server", "Echo", "1.0.0"))
                .callerTokens(TokenVerifier.ofKey(args[1], new Caller(new AccountId("bench"), "bench key", Set.of())))
                .tool(echo())
                .build();
        Listener.serve(port, rest(server.restComponents()));
    }

    static ServedTool echo() {
        return ServedTool.reading(
                "echo",
                "Echo",
                "Answers with the text it is given.",
                SCHEMA,
                (arguments, call) ->
                        McpResult.ToolCall.text(arguments.get("text").asText()));
    }

    static GrizzlyHttpContainer rest(Set<Object> components) {
        ResourceConfig application = new ResourceConfig();
        application.registerInstances(components);
        application.addProperties(Map.of(
                ServerProperties.WADL_FEATURE_DISABLE, true,
                ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
        return ContainerFactory.createContainer(GrizzlyHttpContainer.class, application);
    }
}
