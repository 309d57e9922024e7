package io.github.moodlemcp.portal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ClientConfigurationsTest {
    private static final String KEY = "mmcp_key";
    private final ClientConfigurations secure = new ClientConfigurations(URI.create("https://mcp.example.org/mcp"));

    @Test
    void eachProgramHasItsOwnNotation() throws Exception {
        assertThat(text("claude-code"))
                .isEqualTo("claude mcp add --transport http moodle https://mcp.example.org/mcp"
                        + " --header \"Authorization: Bearer mmcp_key\" --scope user");
        assertThat(text("gemini-cli"))
                .isEqualTo("gemini mcp add --transport http -H \"Authorization: Bearer mmcp_key\""
                        + " moodle https://mcp.example.org/mcp");
        assertThat(text("codex"))
                .isEqualTo("export MOODLE_MCP_KEY=mmcp_key\ncodex mcp add moodle --url"
                        + " https://mcp.example.org/mcp --bearer-token-env-var MOODLE_MCP_KEY");

        JsonNode cursor = json("cursor").at("/mcpServers/moodle");
        assertThat(cursor.at("/url").asText()).isEqualTo("https://mcp.example.org/mcp");
        assertThat(cursor.at("/headers/Authorization").asText()).isEqualTo("Bearer mmcp_key");
    }

    @Test
    void vsCodeAsksForTheKeyAndSoDoesNotHaveItInItsFile() throws Exception {
        assertThat(text("vs-code")).doesNotContain(KEY);
        assertThat(json("vs-code").at("/servers/moodle/headers/Authorization").asText())
                .isEqualTo("Bearer ${input:moodle-key}");
        assertThat(json("vs-code").at("/inputs/0/id").asText()).isEqualTo("moodle-key");
    }

    @Test
    void theKeyTravelsInTheEnvironmentOfMcpRemoteBecauseItsArgumentsTakeNoSpace() throws Exception {
        JsonNode server = json("mcp-remote").at("/mcpServers/moodle");

        assertThat(server.at("/args").toString())
                .isEqualTo("[\"-y\",\"mcp-remote\",\"https://mcp.example.org/mcp\",\"--header\","
                        + "\"Authorization:${AUTH}\"]");
        assertThat(server.at("/env/AUTH").asText()).isEqualTo("Bearer mmcp_key");
    }

    @Test
    void mcpRemoteIsToldWhenTheAddressIsNotEncrypted() {
        ClientConfigurations plain = new ClientConfigurations(URI.create("http://localhost:8080/mcp"));

        assertThat(plain.with(KEY).getLast().text()).contains("--allow-http");
    }

    @Test
    void theTextReachesNoLogByAccident() {
        assertThat(secure.with(KEY).toString()).doesNotContain(KEY);
    }

    private JsonNode json(String id) throws Exception {
        return new ObjectMapper().readTree(text(id));
    }

    private String text(String id) {
        return secure.with(KEY).stream()
                .filter(configuration -> configuration.id().equals(id))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
