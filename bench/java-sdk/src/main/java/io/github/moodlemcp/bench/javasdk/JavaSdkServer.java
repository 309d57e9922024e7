package io.github.moodlemcp.bench.javasdk;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The tool {@code echo} on the stateless servlet of the SDK: on virtual threads, executed where the request is read. */
public final class JavaSdkServer {
    private JavaSdkServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port, and the key that callers must show
     * @throws Exception when the port cannot be bound
     */
    public static void main(String[] args) throws Exception {
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .messageEndpoint("/mcp")
                .build();
        McpServer.sync(transport)
                .serverInfo("echo-server", "1.0.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .immediateExecution(true)
                .toolCall(
                        echo(),
                        (context, call) -> CallToolResult.builder()
                                .addTextContent((String) call.arguments().get("text"))
                                .isError(false)
                                .build())
                .build();

        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(new FilterHolder(new BearerFilter(args[1])), "/*", null);
        context.addServlet(new ServletHolder(transport), "/mcp");
        Server server = jetty(Integer.parseInt(args[0]));
        server.setHandler(context);
        server.start();
    }

    private static Server jetty(int port) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        return server;
    }

    private static Tool echo() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("text", Map.of("type", "string")),
                "required",
                List.of("text"),
                "additionalProperties",
                false);
        return Tool.builder("echo", schema)
                .description("Answers with the text it is given.")
                .build();
    }
}
