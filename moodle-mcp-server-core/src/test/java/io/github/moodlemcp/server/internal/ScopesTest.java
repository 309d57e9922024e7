package io.github.moodlemcp.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResult;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Prompt;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.protocol.mcp.Resource;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import io.github.moodlemcp.protocol.mcp.Tool;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.ToolSelection;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.feature.Completer;
import io.github.moodlemcp.server.feature.ResourceReader;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import io.github.moodlemcp.server.spi.AuditLog;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller sees and uses what its scopes cover, and nothing else, in every kind of what is served. */
class ScopesTest {
    private static final String SCOPE = "moodle:read";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> reached = new ArrayList<>();
    private List<ServedTool> tools = List.of(tool("open", null), tool("guarded", SCOPE));
    private ToolSelection selection = ToolSelection.everything();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/call | {'name':'guarded'}",
                "prompts/get | {'name':'guarded'}",
                "resources/read | {'uri':'guarded://one'}",
                "resources/read | {'uri':'guarded://family/1'}",
                "completion/complete | {'ref':{'type':'ref/prompt','name':'guarded'},'argument':{'name':'a','value':''}}",
                "completion/complete | {'ref':{'type':'ref/resource','uri':'guarded://family/{a}'},"
                        + "'argument':{'name':'a','value':''}}"
            })
    void whatIsGuardedNeedsTheScope(String method, String params) throws IOException {
        McpReply refused = dispatch(method, params, Set.of("other"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.missingScope()).isEqualTo(SCOPE);
        assertThat(refused.response()).isInstanceOf(JsonRpcError.class);
        assertThat(reached).isEmpty();

        McpReply granted = dispatch(method, params, Set.of(SCOPE));

        assertThat(granted.response()).isInstanceOf(JsonRpcResult.class);
        assertThat(reached).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/call | {'name':'open'}",
                "prompts/get | {'name':'open'}",
                "resources/read | {'uri':'open://one'}",
                "resources/read | {'uri':'open://family/1'}",
                "completion/complete | {'ref':{'type':'ref/prompt','name':'open'},'argument':{'name':'a','value':''}}"
            })
    void whatIsNotGuardedIsForEveryCaller(String method, String params) throws IOException {
        assertThat(dispatch(method, params, Set.of()).response()).isInstanceOf(JsonRpcResult.class);
        assertThat(reached).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list, /tools",
        "prompts/list, /prompts",
        "resources/list, /resources",
        "resources/templates/list, /resourceTemplates"
    })
    void listsHideWhatIsNotCovered(String method, String where) throws IOException {
        assertThat(list(method, where, Set.of())).singleElement().asString().contains("open");
        assertThat(list(method, where, Set.of(SCOPE))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                | false | plain reading writing",
                "                | true  | plain reading",
                "student         | false | plain reading",
                "teacher,student | false | plain reading writing",
                "teacher         | true  | plain",
                "other           | false | plain"
            })
    void whatIsSelectedIsListedAndCalledAndNothingElse(String toolsets, boolean readOnly, String offered)
            throws IOException {
        selection = new ToolSelection(toolsets == null ? null : Set.of(toolsets.split(",")), readOnly);
        Set<String> expected = Set.of(offered.split(" "));
        tools = List.of(
                tool("plain", null, null, true),
                tool("reading", SCOPE, "student", true),
                tool("writing", SCOPE, "teacher", false));

        assertThat(list("tools/list", "/tools", Set.of(SCOPE)))
                .extracting(tool -> tool.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(expected);
        for (ServedTool tool : tools) {
            reached.clear();
            McpReply reply = dispatch("tools/call", "{'name':'" + tool.name() + "'}", Set.of(SCOPE));
            assertThat(reached).isEqualTo(expected.contains(tool.name()) ? List.of(tool.name()) : List.of());
            assertThat(reply.missingScope()).isNull();
            if (!expected.contains(tool.name())) {
                assertThat(reply.response()).isInstanceOfSatisfying(JsonRpcError.class, error -> {
                    assertThat(error.code()).isEqualTo(-32602);
                    assertThat(error.message()).contains("this key or address");
                });
            }
        }
    }

    @Test
    void anAddressChoosesToolsetsAndNeverUndoesReadOnly() {
        ToolSelection key = new ToolSelection(Set.of("student"), true);

        assertThat(key.at(ToolSelection.everything())).isEqualTo(key);
        assertThat(key.at(new ToolSelection(Set.of("teacher"), false)))
                .isEqualTo(new ToolSelection(Set.of("teacher"), true));
        assertThat(new ToolSelection(null, false).at(new ToolSelection(null, true)))
                .isEqualTo(new ToolSelection(null, true));
    }

    @Test
    void aVeryLongAddressIsLookedAtByNobody() throws IOException {
        McpReply reply = dispatch("resources/read", "{'uri':'guarded://family/" + "1".repeat(4000) + "'}", Set.of());

        assertThat(reply.response())
                .isInstanceOfSatisfying(
                        JsonRpcError.class, error -> assertThat(error.code()).isEqualTo(-32602));
    }

    private List<JsonNode> list(String method, String where, Set<String> scopes) throws IOException {
        JsonRpcResult result = (JsonRpcResult) dispatch(method, "{}", scopes).response();
        return result.result().at(where).valueStream().toList();
    }

    private McpReply dispatch(String method, String params, Set<String> scopes) throws IOException {
        McpDispatcher dispatcher = Dispatchers.dispatcher(
                ServerOptions.builder(URI.create("https://mcp.example.edu")).build(),
                new Implementation("test", "Test", "1"),
                "",
                features(),
                AuditLog.none(),
                caller -> true,
                new SessionMemory(),
                InstantSource.system(),
                new SecureRandom());
        return dispatcher.dispatch(new McpExchange(
                new Caller(new AccountId("anna"), "key", scopes, selection),
                new JsonRpcRequest(
                        new RequestId.Text("1"), method, (ObjectNode) JSON.readTree(params.replace('\'', '"'))),
                ProtocolVersion.V2026_07_28,
                Client.unknown(),
                null,
                Deadline.after(Duration.ofSeconds(10)),
                new Cancellation(),
                Outbounds.closed(),
                header -> null));
    }

    private Features features() {
        return Features.of(
                tools,
                List.of(resource("open", null), resource("guarded", SCOPE)),
                List.of(template("open", null), template("guarded", SCOPE)),
                List.of(prompt("open", null), prompt("guarded", SCOPE)),
                null,
                false,
                null);
    }

    private ServedTool tool(String name, String scope) {
        return tool(name, scope, null, true);
    }

    private ServedTool tool(String name, String scope, String toolset, boolean onlyReads) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode annotations = JsonNodeFactory.instance.objectNode().put("readOnlyHint", onlyReads);
        Tool tool = new Tool(name, name, name, schema, annotations);
        return new ServedTool(tool, scope, toolset, TaskMode.NEVER, (arguments, call) -> {
            reached.add(name);
            return McpResult.ToolCall.of();
        });
    }

    private ServedResource resource(String name, String scope) {
        return new ServedResource(new Resource(name + "://one", name, name, name, null), scope, reader(name));
    }

    private ServedResourceTemplate template(String name, String scope) {
        ResourceTemplate template = new ResourceTemplate(name + "://family/{a}", name, name, name, null);
        return new ServedResourceTemplate(template, scope, reader(name), Map.of("a", completer(name)));
    }

    private ServedPrompt prompt(String name, String scope) {
        return new ServedPrompt(
                new Prompt(name, name, name, List.of()),
                scope,
                (arguments, call) -> {
                    reached.add(name);
                    return new McpResult.PromptGet(name, List.of());
                },
                Map.of("a", completer(name)));
    }

    private ResourceReader reader(String name) {
        return (uri, variables, call) -> {
            reached.add(name);
            return Optional.of(new McpResult.ResourceRead(List.of(new ResourceContents.Text(uri, null, "text"))));
        };
    }

    private Completer completer(String name) {
        return (typed, others, call) -> {
            reached.add(name);
            return List.of();
        };
    }
}
