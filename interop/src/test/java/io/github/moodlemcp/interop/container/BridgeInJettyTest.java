package io.github.moodlemcp.interop.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole server with its bridge in a servlet container. */
class BridgeInJettyTest {
    private static final String EXTENSION = "abcdefghijklmnopabcdefghijklmnop";
    private final MoodleMcpServer mcp = MoodleMcpServer.builder(ServerOptions.builder(URI.create("http://127.0.0.1"))
                    .extensionIds(Set.of(EXTENSION))
                    .build())
            .build();
    private final HttpClient http = HttpClient.newHttpClient();
    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = JettyServer.start(0, mcp.restComponents(), mcp.endpoint());
    }

    @AfterEach
    void stop() {
        http.close();
        mcp.close();
        container.close();
    }

    @Test
    void aCallWithoutATokenIsUnauthorized() throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(container.url().resolve("/mcp"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void anExtensionWithABadTokenIsToldSoByTheCloseCode() throws Exception {
        var closed = new CompletableFuture<Integer>();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Origin", "chrome-extension://" + EXTENSION)
                .subprotocols(BridgeProtocol.SUBPROTOCOL, BridgeProtocol.TOKEN_SUBPROTOCOL_PREFIX + "bad")
                .buildAsync(URI.create("ws://127.0.0.1:" + container.port() + "/ws"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);

        assertThat(socket.getSubprotocol()).isEqualTo(BridgeProtocol.SUBPROTOCOL);
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(4401);
    }
}
