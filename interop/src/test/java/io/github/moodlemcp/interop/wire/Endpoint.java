package io.github.moodlemcp.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.interop.container.Container;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A server of the library in a container, until it is closed. Anna and Ben are known to it, each by a token. */
public final class Endpoint implements AutoCloseable {
    public static final String ANNA = "token-of-anna";
    public static final String BEN = "token-of-ben";

    /** A token that cannot be checked at the moment. */
    public static final String UNCHECKED = "token-to-check-later";

    /** A token whose check fails. */
    public static final String BREAKING = "token-that-breaks";

    private final MoodleMcpServer server;
    private final Container container;

    private Endpoint(MoodleMcpServer server, Container container) {
        this.server = server;
        this.container = container;
    }

    /** Options under a secret of this first byte. */
    public static ServerOptions.Builder options(int secret) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) secret);
        return ServerOptions.builder(URI.create("http://127.0.0.1")).signingSecrets(List.of(bytes));
    }

    /** A server that serves nothing yet. */
    public static MoodleMcpServer.Builder server(ServerOptions options) {
        return MoodleMcpServer.builder(options)
                .withoutMoodle()
                .implementation(new Implementation("toys", "Toys", "1.0.0"))
                .instructions("A server to try things on.")
                .callerTokens(Endpoint::verify);
    }

    private static TokenVerification verify(String token) {
        return switch (token) {
            case ANNA -> known("anna");
            case BEN -> known("ben");
            case UNCHECKED -> new TokenVerification.Unavailable();
            case BREAKING -> throw new IllegalStateException("The keys cannot be read");
            default -> new TokenVerification.Rejected();
        };
    }

    private static TokenVerification known(String account) {
        return new TokenVerification.Verified(new Caller(new AccountId(account), "key of " + account, Set.of()));
    }

    /** Starts to listen. */
    public static Endpoint start(Containers container, MoodleMcpServer.Builder builder) throws IOException {
        MoodleMcpServer server = builder.build();
        return new Endpoint(server, container.start(server.restComponents()));
    }

    /** The server without its container. */
    public MoodleMcpServer server() {
        return server;
    }

    public HttpSocket connect() throws IOException {
        return new HttpSocket(container.port());
    }

    /** Sends a request on a connection of its own, and reads the answer to its end. */
    public Reply send(Ask ask) throws IOException {
        try (HttpSocket socket = connect()) {
            sendAsFarAsItGoes(socket, ask.bytes());
            HttpSocket.Head head = socket.readHead();
            return new Reply(head, ask.method().equals("HEAD") ? "" : socket.readWhole(head));
        }
    }

    private static void sendAsFarAsItGoes(HttpSocket socket, byte[] request) {
        try {
            socket.send(request);
        } catch (IOException closedEarly) {
            // A server may refuse by the head alone and close before it was given the body. Its answer is read next,
            // and when
            // there is none, that fails.
        }
    }

    /** Sends a request, and reads the answer while it comes. */
    public EventReader open(Ask ask) throws IOException {
        HttpSocket socket = connect();
        socket.send(ask.bytes());
        return new EventReader(socket);
    }

    /** Opens an MCP session, and returns its id. */
    public String session(String version, String capabilities) throws IOException {
        return session(Ask.initialize(version, capabilities));
    }

    /** Opens an MCP session, and returns its id. */
    public String session(Ask initialize) throws IOException {
        Reply reply = send(initialize);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("mcp-session-id")).isNotEmpty();
        return reply.header("mcp-session-id");
    }

    @Override
    public void close() {
        server.close();
        container.close();
    }
}
