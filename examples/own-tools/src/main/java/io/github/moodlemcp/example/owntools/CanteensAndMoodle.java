package io.github.moodlemcp.example.owntools;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.net.URI;
import java.util.Set;

/** Moodle's tools, and one of one's own beside them, for one person and the browsers of that person. */
final class CanteensAndMoodle {
    private CanteensAndMoodle() {}

    /** Serves on Jetty: {@code CanteensAndMoodle http://localhost:8080 KEY BROWSER_KEY EXTENSION_ID}. */
    public static void main(String[] args) throws Exception {
        URI address = URI.create(args[0]);
        OnJetty.start(address, server(address, args[1], args[2], args[3])).join();
    }

    static MoodleMcpServer server(URI address, String key, String browserKey, String extensionId) {
        AccountId person = new AccountId("anna");
        return MoodleMcpServer.builder(ServerOptions.builder(address)
                        .extensionIds(Set.of(extensionId))
                        .build())
                .callerTokens(TokenVerifier.ofKey(key, new Caller(person, "anna's key", Set.of("moodle:read"))))
                .extensionTokens(
                        TokenVerifier.ofKey(browserKey, new Caller(person, "anna's browser", Set.of("bridge"))))
                .tool(Canteens.menuTool())
                .build();
    }
}
