package io.github.moodlemcp.example.owntools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

final class CanteensAndMoodleTest {
    private static final URI ANY_PORT = URI.create("http://127.0.0.1:0");
    private static final String KEY = "a-key-for-anna-to-ask-with";
    private static final String BROWSER_KEY = "a-key-for-the-browser-of-anna";
    private static final String EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
    private static final SiteState SITE =
            new SiteState("moodle.example.edu", "https://moodle.example.edu", "signed_in", null, null);

    @Test
    void aBrowserAnswersBesideTheOwnTool() throws Exception {
        MoodleMcpServer server = CanteensAndMoodle.server(ANY_PORT, KEY, BROWSER_KEY, EXTENSION_ID);
        Server jetty = OnJetty.start(ANY_PORT, server);
        int port = jetty.getURI().getPort();
        McpTestClient client = new McpTestClient(URI.create("http://127.0.0.1:" + port + "/mcp"), KEY);
        try (ScriptedExtension browser = ScriptedExtension.open(
                URI.create("ws://127.0.0.1:" + port + "/ws"),
                "chrome-extension://" + EXTENSION_ID,
                BROWSER_KEY,
                ScriptedExtension.Script.replying(object().put("courses", "Biology 101")))) {
            browser.introduce(UUID.randomUUID().toString(), "Chromium on Linux", List.of(SITE));

            assertThat(toolNames(client)).contains("get_menu", "list_courses", "get_course");
            assertThat(textOf(client.callTool("list_courses", object()))).contains("Biology 101");
            assertThat(textOf(client.callTool("get_menu", object().put("canteen", "north"))))
                    .isEqualTo("Lentil curry");
        } finally {
            server.close();
            jetty.stop();
        }
    }

    private static List<String> toolNames(McpTestClient client) {
        return client.request("tools/list", object()).body().at("/result/tools").findValuesAsText("name");
    }

    private static String textOf(McpTestClient.Answer answer) {
        JsonNode blocks = answer.body().at("/result/content");
        return String.join("\n", blocks.findValuesAsText("text"));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
