package io.github.moodlemcp.example.owntools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients get from the canteens, in whatever container they are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CanteensTests {
    private static final URI ANY_PORT = URI.create("http://127.0.0.1:0");
    private static final String KEY = "a-key-for-the-canteens-example";

    private final MoodleMcpServer canteens = Canteens.server(ANY_PORT, KEY);
    private RunningContainer container;

    /** Starts the container of the example. */
    abstract RunningContainer start(URI address, MoodleMcpServer server) throws Exception;

    @BeforeAll
    void start() throws Exception {
        container = start(ANY_PORT, canteens);
    }

    @AfterAll
    void stop() throws Exception {
        canteens.close();
        container.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + container.port());
    }

    @Nested
    class InTheNewestRevision {
        private final McpTestClient client = new McpTestClient(address().resolve("/mcp"), KEY);

        @Test
        void listsAndCallsTheTool() {
            assertThat(result("tools/list", object()).at("/tools/0/name").asText())
                    .isEqualTo("get_menu");
            JsonNode answer = client.callTool("get_menu", object().put("canteen", "north"))
                    .body();

            assertThat(answer.at("/result/content/0/text").asText()).isEqualTo("Lentil curry");
        }

        @Test
        void tellsTheModelWhichCanteensThereAre() {
            JsonNode result = client.callTool("get_menu", object().put("canteen", "east"))
                    .body()
                    .path("result");

            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(result.at("/content/0/text").asText()).contains("north, south, west");
        }

        @Test
        void readsBothKindsOfResources() {
            JsonNode names = result("resources/read", object().put("uri", "campus://canteens"));
            JsonNode menu = result("resources/read", object().put("uri", "campus://canteens/south"));

            assertThat(names.at("/contents/0/text").asText()).isEqualTo("north\nsouth\nwest");
            assertThat(menu.at("/contents/0/text").asText()).isEqualTo("Pasta with pesto");
        }

        @Test
        void makesThePromptAndCompletesItsArgument() {
            ObjectNode get = object().put("name", "plan_lunch");
            get.putObject("arguments").put("canteen", "west");
            ObjectNode complete = object();
            complete.putObject("ref").put("type", "ref/prompt").put("name", "plan_lunch");
            complete.putObject("argument").put("name", "canteen").put("value", "n");

            assertThat(result("prompts/get", get).at("/messages/0/content/text").asText())
                    .contains("near the canteen west");
            assertThat(result("completion/complete", complete)
                            .at("/completion/values/0")
                            .asText())
                    .isEqualTo("north");
        }

        @Test
        void takesNoOtherKey() {
            McpTestClient stranger = new McpTestClient(address().resolve("/mcp"), KEY + "?");

            McpTestClient.Answer answer = stranger.request("tools/list", object());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate"))
                    .startsWith("Bearer error=\"invalid_token\"")
                    .doesNotContain("scope");
            assertThat(answer.body().path("error_description").asText())
                    .endsWith("Send the header Authorization: Bearer <API key>.");
        }

        private JsonNode result(String method, ObjectNode params) {
            return client.request(method, params).body().path("result");
        }

        private static ObjectNode object() {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    @Nested
    class WithTheOfficialClient {
        private static final McpSchema.ResourceReference MENUS =
                new McpSchema.ResourceReference("campus://canteens/{name}");

        @Test
        void everythingIsListedAndUsed() {
            try (McpSyncClient client = OfficialClient.connect(address(), KEY)) {
                assertThat(client.getServerInfo().name()).isEqualTo("canteens");
                assertThat(client.listTools().tools())
                        .singleElement()
                        .returns("get_menu", McpSchema.Tool::name)
                        .satisfies(tool ->
                                assertThat(tool.annotations().readOnlyHint()).isTrue());
                assertThat(text(client.callTool(McpSchema.CallToolRequest.builder("get_menu")
                                .arguments(Map.of("canteen", "west"))
                                .build())))
                        .isEqualTo("Potato soup");
                assertThat(client.listResources().resources())
                        .extracting(McpSchema.Resource::uri)
                        .containsExactly("campus://canteens");
                assertThat(client.listResourceTemplates().resourceTemplates())
                        .extracting(McpSchema.ResourceTemplate::uriTemplate)
                        .containsExactly("campus://canteens/{name}");
                assertThat(client.readResource(McpSchema.ReadResourceRequest.builder("campus://canteens/north")
                                        .build())
                                .contents())
                        .singleElement()
                        .extracting(contents -> ((McpSchema.TextResourceContents) contents).text())
                        .isEqualTo("Lentil curry");
                assertThat(client.listPrompts().prompts())
                        .extracting(McpSchema.Prompt::name)
                        .containsExactly("plan_lunch");
                assertThat(completions(client, "s")).containsExactly("south");
            }
        }

        @Test
        void anotherKeyIsRefused() {
            assertThatThrownBy(
                            () -> OfficialClient.connect(address(), KEY + "?").close())
                    .hasStackTraceContaining("Authorization error");
        }

        private static String text(McpSchema.CallToolResult result) {
            return ((McpSchema.TextContent) result.content().getFirst()).text();
        }

        private static List<String> completions(McpSyncClient client, String typed) {
            return client.completeCompletion(McpSchema.CompleteRequest.builder(
                                    MENUS, new McpSchema.CompleteRequest.CompleteArgument("name", typed))
                            .build())
                    .completion()
                    .values();
        }
    }
}
