package io.github.moodlemcp.distribution.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import io.github.moodlemcp.testkit.load.LoadExtension;
import io.github.moodlemcp.testkit.load.LoadExtensions;
import io.github.moodlemcp.testkit.load.LoadScript;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionFactory;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many extensions at the listener of the service. */
class LoadExtensionsTest {
    private static final String EXTENSION = "abcdefghijklmnopabcdefghijklmnop";
    private static final int MANY = 300;

    private MoodleMcpServer server;
    private WebServer web;
    private LoadExtensions extensions;

    @BeforeEach
    void start() throws IOException {
        // Each token is the key of an account of its own.
        TokenVerifier everybody =
                token -> new TokenVerification.Verified(new Caller(new AccountId(token), token, Set.of("moodle:read")));
        ServerOptions options = ServerOptions.builder(URI.create("http://127.0.0.1"))
                .extensionIds(Set.of(EXTENSION))
                .heartbeat(Duration.ofSeconds(1))
                .build();
        server = MoodleMcpServer.builder(options)
                .callerTokens(everybody)
                .extensionTokens(everybody)
                .build();
        web = WebServer.start(
                "127.0.0.1",
                0,
                server.restComponents(),
                server.endpoint(),
                options.maxFrameBytes(),
                server::unseenFrame);
        extensions = LoadExtensions.builder(
                        URI.create("ws://127.0.0.1:" + web.port() + "/ws"), "chrome-extension://" + EXTENSION)
                .script(LoadScript.replying(
                        JsonNodeFactory.instance.objectNode().put("light", true)))
                .threads(2)
                .build();
    }

    @AfterEach
    void stop() {
        extensions.close();
        server.close();
        web.close();
    }

    @Test
    void manyConnectBeatAndAnswer() {
        addMany();
        waiting().until(() -> extensions.counts().heartbeats() >= MANY);

        McpTestClient client = new McpTestClient(URI.create("http://127.0.0.1:" + web.port() + "/mcp"), "account-7");

        assertThat(client.callTool("list_courses", JsonNodeFactory.instance.objectNode())
                        .body()
                        .toString())
                .contains("light");
        assertThat(extensions.counts().commands()).isEqualTo(1);
    }

    @Test
    void oneThatVanishesComesBack() {
        LoadExtension extension = extensions.add("anna", "Light");
        waiting().until(extension::isConnected);

        extension.vanish();

        waiting().until(() -> extensions.counts().welcomes() == 2);
        assertThat(extensions.counts().closed()).containsExactly(Map.entry(1006, 1L));
        waiting().until(extension::isConnected);
    }

    @Test
    void aDrainClosesAllOfThemAndTheyStayAwayForAWhile() {
        addMany();

        server.drain(Duration.ofSeconds(1));

        waiting().until(() -> extensions.counts().connected() == 0);
        assertThat(extensions.counts().closed().get(CloseReason.RESTART.code())).isGreaterThanOrEqualTo(MANY);
    }

    @Test
    void oneThatWasTakenOverStaysAway() {
        Hello.Browser browser = new Hello.Browser(UUID.randomUUID().toString(), "Light");
        LoadExtension earlier = extensions.add("anna", browser);
        waiting().until(earlier::isConnected);

        LoadExtension later = extensions.add("anna", browser);

        waiting().until(later::isConnected);
        waiting().until(() -> extensions.counts().closed().containsKey(CloseReason.SUPERSEDED.code()));
        assertThat(earlier.isConnected()).isFalse();
        assertThat(extensions.counts().connected()).isEqualTo(1);
    }

    @Test
    void aConnectionKeepsNothingOfItsHandshake() {
        Set<Connection<?>> seen = ConcurrentHashMap.newKeySet();
        web.listener().getTransport().getConnectionMonitoringConfig().addProbes(new ConnectionProbe.Adapter() {
            @Override
            @SuppressWarnings("rawtypes") // As Grizzly declares it.
            public void onReadEvent(Connection connection, Buffer bytes, int length) {
                seen.add(connection);
            }
        });

        LoadExtension extension = extensions.add("anna", "Light");

        waiting().until(extension::isConnected);
        assertThat(seen)
                .singleElement()
                .satisfies(connection -> assertThat(
                                connection.getAttributes().getAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME))
                        .isNull());
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private void addMany() {
        for (int i = 0; i < MANY; i++) {
            extensions.add("account-" + i, "Light");
        }
        waiting().until(() -> extensions.counts().connected() == MANY);
    }
}
