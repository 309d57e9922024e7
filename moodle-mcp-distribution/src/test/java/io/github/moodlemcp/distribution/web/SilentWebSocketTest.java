package io.github.moodlemcp.distribution.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.testkit.http.HttpSocket;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A WebSocket owes no request: how long it may be silent is for its endpoint to say. */
class SilentWebSocketTest {

    @Test
    void aWebSocketThatSaysNothingIsNotTakenForASlowRequest() throws IOException {
        ServerEndpointConfig endpoint = ServerEndpointConfig.Builder.create(LateAnswerTest.Silent.class, "/ws")
                .build();
        try (WebServer server = WebServer.start("127.0.0.1", 0, Set.of(), endpoint, 1024, session -> {});
                HttpSocket socket = new HttpSocket(server.port(), RequestPace.BODY.plusSeconds(2))) {
            socket.send("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(socket.readHead().status()).isEqualTo(101);

            assertThatThrownBy(() -> socket.readBytes(1)).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
