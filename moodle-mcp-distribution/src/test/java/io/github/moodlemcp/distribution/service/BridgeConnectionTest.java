package io.github.moodlemcp.distribution.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.ForwardingCommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.distribution.web.WebServer;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.testkit.bridge.BridgeConnectionContract;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The connection of the service, over a real WebSocket, keeps the rules of the SPI. */
class BridgeConnectionTest extends BridgeConnectionContract {
    private static final AccountId ANNA = new AccountId("anna");
    private static final String ORIGIN = "moz-extension://9a0b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d";

    private static final Remembering ROUTER = new Remembering();
    private static MoodleMcpServer server;
    private static WebServer web;

    @BeforeAll
    static void start() throws IOException {
        ServerOptions options = ServerOptions.builder(URI.create("http://localhost"))
                .maxBrowsersPerAccount(1000)
                .build();
        server = MoodleMcpServer.builder(options)
                .extensionTokens(token -> new TokenVerification.Verified(new Caller(ANNA, "key", Set.of("bridge"))))
                .router(ROUTER)
                .build();
        web = WebServer.start(
                "127.0.0.1",
                0,
                server.restComponents(),
                server.endpoint(),
                options.maxFrameBytes(),
                server::unseenFrame);
    }

    @AfterAll
    static void stop() {
        server.close();
        web.close();
    }

    @Override
    protected Opened open() {
        String browser = UUID.randomUUID().toString();
        ScriptedExtension extension = ScriptedExtension.open(
                        URI.create("ws://localhost:" + web.port() + "/ws"), ORIGIN, "a-token", Script.silent())
                .introduce(browser, "Browser", List.of());
        return new Opened(ROUTER.connection(new BridgeId(ANNA, browser)), new Browser(extension));
    }

    /** Keeps what was registered, so that a test can speak to it without a route. */
    private static final class Remembering extends ForwardingCommandRouter {
        private final Map<BridgeId, BridgeConnection> connections = new ConcurrentHashMap<>();

        Remembering() {
            super(new InProcessCommandRouter());
        }

        @Override
        public Registration register(BridgeConnection connection) {
            connections.put(connection.bridge(), connection);
            return super.register(connection);
        }

        BridgeConnection connection(BridgeId bridge) {
            return Objects.requireNonNull(connections.get(bridge), "nobody registered");
        }
    }

    /** The two kinds of frames that a test waits for, each in its order. */
    private static final class Browser implements Peer {
        private final ScriptedExtension extension;
        private final Deque<String> runs = new ArrayDeque<>();
        private final Deque<String> cancellations = new ArrayDeque<>();

        Browser(ScriptedExtension extension) {
            this.extension = extension;
        }

        @Override
        public CommandId nextCommand() {
            return new CommandId(next(runs));
        }

        @Override
        public void awaitCancellation(CommandId command) {
            String cancelled = next(cancellations);
            if (!cancelled.equals(command.value())) {
                throw new AssertionError("Another command was cancelled: " + cancelled);
            }
        }

        private String next(Deque<String> wanted) {
            while (wanted.isEmpty()) {
                switch (extension.nextFrame()) {
                    case ServiceFrame.Run run -> runs.add(run.command());
                    case ServiceFrame.Cancel cancel -> cancellations.add(cancel.command());
                    case ServiceFrame other -> throw new AssertionError("Not a command but " + other);
                }
            }
            return wanted.remove();
        }

        @Override
        public void askApproval(CommandId command) {
            extension.askApproval(command.value());
        }

        @Override
        public Optional<String> claim(CommandId command) {
            return extension.claim(command.value());
        }

        @Override
        public void reply(CommandId command, JsonNode result) {
            extension.send(new ExtensionFrame.Reply(command.value(), result));
        }

        @Override
        public void leave() {
            extension.vanish();
        }
    }
}
