package io.github.moodlemcp.server.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.feature.Client;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class McpSessionsTest {
    private static final AccountId ANNA = new AccountId("anna");
    private static final Client CLIENT =
            new Client("a client", "1.0", Set.of(ClientCapability.ELICITATION_URL, ClientCapability.ROOTS));

    private final McpSessions sessions = sessions();

    private static McpSessions sessions() {
        return new McpSessions(List.of(new byte[32]), new SecureRandom());
    }

    @Test
    void anyNodeReadsFromTheIdWhatWasAgreed() {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            McpSession opened = sessions.open(ANNA, version, CLIENT);
            assertThat(sessions().find(opened.id(), ANNA)).contains(opened);
        }
    }

    @Test
    void everyCapabilityComesBack() {
        for (ClientCapability capability : ClientCapability.values()) {
            Client client = new Client(null, null, EnumSet.of(capability));
            McpSession opened = sessions.open(ANNA, ProtocolVersion.V2025_11_25, client);
            assertThat(sessions.find(opened.id(), ANNA)).contains(opened);
        }
    }

    @Test
    void aSessionIsItsAccountsAlone() {
        McpSession opened = sessions.open(ANNA, ProtocolVersion.V2025_11_25, CLIENT);

        assertThat(sessions.find(opened.id(), new AccountId("ben"))).isEmpty();
    }

    @Test
    void anEndedSessionIsNotFoundAndOthersAre() {
        McpSession ended = sessions.open(ANNA, ProtocolVersion.V2025_11_25, CLIENT);
        McpSession other = sessions.open(ANNA, ProtocolVersion.V2025_11_25, CLIENT);

        sessions.end(ended);

        assertThat(sessions.find(ended.id(), ANNA)).isEmpty();
        assertThat(sessions.find(other.id(), ANNA)).contains(other);
    }

    @Test
    void anyNameOfAClientFitsTheId() {
        for (String name : List.of("\u0001".repeat(1000), "\ud83d\ude00".repeat(1000), "\"".repeat(1000), "")) {
            Client client = new Client(name, name, EnumSet.allOf(ClientCapability.class));
            McpSession opened = sessions.open(ANNA, ProtocolVersion.V2025_11_25, client);
            assertThat(sessions.find(opened.id(), ANNA))
                    .hasValueSatisfying(
                            found -> assertThat(found.client().capabilities()).isEqualTo(client.capabilities()));
        }
    }

    @Test
    void whatWasSignedForAnotherPurposeIsNoSession() {
        Signatures others = new Signatures(List.of(new byte[32]), "request-state");
        byte[] payload = "{\"a\":\"anna\",\"p\":\"2025-11-25\",\"c\":[]}".getBytes(UTF_8);

        assertThat(sessions.find(others.sign(payload), ANNA)).isEmpty();
        assertThat(sessions.find(new Signatures(List.of(new byte[32]), "mcp-session").sign(payload), ANNA))
                .isPresent();
    }
}
