package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.feature.ServedTool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lists in pages, and what schemas say of arguments and results. */
class FeaturesTest extends EndpointTest {
    private static final String COUNT = """
            {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}
            """;

    private static MoodleMcpServer.Builder server() {
        return Endpoint.server(
                Endpoint.options(1).answerWait(LONG).listPageSize(2).build());
    }

    private static MoodleMcpServer.Builder many() {
        MoodleMcpServer.Builder builder = server();
        for (int i = 0; i < 5; i++) {
            builder.tool(Toys.tool("t" + i, (arguments, call) -> Toys.text("done")))
                    .resource(Toys.resource("toy://" + i, "text"))
                    .resourceTemplate(Toys.template("toy" + i + "://{a}", "text"))
                    .prompt(Toys.prompt("p" + i));
        }
        return builder;
    }

    @Test
    void aListComesInPages() throws Exception {
        Endpoint endpoint = start(many());

        assertThat(pages(endpoint, "tools/list", "tools", "name"))
                .containsExactly(List.of("t0", "t1"), List.of("t2", "t3"), List.of("t4"));
        assertThat(pages(endpoint, "prompts/list", "prompts", "name"))
                .containsExactly(List.of("p0", "p1"), List.of("p2", "p3"), List.of("p4"));
        assertThat(pages(endpoint, "resources/list", "resources", "uri"))
                .containsExactly(List.of("toy://0", "toy://1"), List.of("toy://2", "toy://3"), List.of("toy://4"));
        assertThat(pages(endpoint, "resources/templates/list", "resourceTemplates", "uriTemplate"))
                .hasSize(3);
    }

    private static List<List<String>> pages(Endpoint endpoint, String method, String member, String name)
            throws Exception {
        List<List<String>> pages = new ArrayList<>();
        JsonNode page = endpoint.send(Ask.modern(method, "{}")).result();
        while (true) {
            List<String> names = new ArrayList<>();
            page.path(member).forEach(element -> names.add(element.path(name).asText()));
            pages.add(names);
            assertThat(page.path("ttlMs").isIntegralNumber()).isTrue();
            assertThat(page.path("cacheScope").asText()).isEqualTo("private");
            if (!page.has("nextCursor")) {
                return pages;
            }
            page = endpoint.send(Ask.modern(method, "{\"cursor\": " + page.get("nextCursor") + "}"))
                    .result();
        }
    }

    @Test
    void aCursorBeyondTheListIsRefused() throws Exception {
        String cursor = start(many())
                .send(Ask.modern("tools/list", "{}"))
                .result()
                .path("nextCursor")
                .toString();
        Endpoint fewer = start(server().tool(Toys.tool("t", (arguments, call) -> Toys.text("done"))));

        Reply reply = fewer.send(Ask.modern("tools/list", "{\"cursor\": " + cursor + "}"));

        assertThat(reply.error().path("code").asInt()).isEqualTo(-32602);
        assertThat(reply.body()).contains("without one");
    }

    @Test
    void aCompletionProposesWhatFits() throws Exception {
        Reply reply = start(many()).send(Ask.modern("completion/complete", """
                {"ref": {"type": "ref/prompt", "name": "p1"}, "argument": {"name": "who", "value": "A"}}
                """));

        assertThat(reply.result().path("completion"))
                .isEqualTo(Json.of("{\"values\": [\"Ada\", \"Alan\"], \"total\": 2, \"hasMore\": false}"));
    }

    @Test
    void aResourceIsReadByItsAddressOrItsFamily() throws Exception {
        Endpoint endpoint = start(many());

        for (String uri : List.of("toy://3", "toy3://some%20thing")) {
            JsonNode result = endpoint.send(Ask.modern("resources/read", "{\"uri\": \"" + uri + "\"}"))
                    .result();
            assertThat(result.path("contents"))
                    .isEqualTo(
                            Json.of("[{\"uri\": \"" + uri + "\", \"mimeType\": \"text/plain\", \"text\": \"text\"}]"));
            assertThat(result.path("cacheScope").asText()).isEqualTo("private");
        }
    }

    @Test
    void argumentsThatDoNotFitAreToldToTheModel() throws Exception {
        Endpoint endpoint = start(server().tool(Toys.tool("count", COUNT, (arguments, call) -> Toys.text("counted"))));

        for (String arguments : List.of("{}", "{\"count\": \"many\"}", "{\"count\": 1.5}", "{\"count\": null}")) {
            Reply reply = endpoint.send(Ask.call("count", arguments));
            assertThat(reply.result().path("isError").asBoolean()).as(arguments).isTrue();
            assertThat(reply.text()).contains("count").contains("call it again");
        }
        assertThat(endpoint.send(Ask.call("count", "{\"count\": \"12\"}")).text())
                .isEqualTo("counted");
    }

    @Test
    void aResultThatBreaksItsSchemaIsADefect() throws Exception {
        Endpoint endpoint = start(server().tool(promising("{\"count\": \"c4nary\"}"))
                .tool(Toys.structured("nothing", COUNT, (arguments, call) -> Toys.text("c4nary"))));

        for (String tool : List.of("promise", "nothing")) {
            Reply reply = endpoint.send(Ask.call(tool, "{}"));
            assertThat(reply.error().path("code").asInt()).isEqualTo(-32603);
            assertThat(reply.body()).contains("incident").doesNotContain("c4nary", "schema", "java");
        }
    }

    @Test
    void aResultThatKeepsItsSchemaComesThrough() throws Exception {
        Endpoint endpoint = start(server().tool(promising("{\"count\": 3}")));

        assertThat(endpoint.send(Ask.call("promise", "{}")).result().path("structuredContent"))
                .isEqualTo(Json.of("{\"count\": 3}"));
    }

    private static ServedTool promising(String structured) {
        McpResult.ToolCall result = new McpResult.ToolCall(
                List.of(new ContentBlock.Text("counted")), Json.of(structured), false, Json.object("{}"));
        return Toys.structured("promise", COUNT, (arguments, call) -> result);
    }

    @Test
    void nothingIsFetchedThatASchemaRefersTo() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            String reference = "{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"http://127.0.0.1:"
                    + elsewhere.getAddress().getPort() + "/schema\"}}}";
            Endpoint endpoint =
                    start(server().tool(Toys.tool("refer", reference, (arguments, call) -> Toys.text("done"))));

            Reply reply = endpoint.send(Ask.call("refer", "{\"a\": 1}"));

            assertThat(requests).hasValue(0);
            assertThat(reply.error().path("code").asInt()).isEqualTo(-32603);
            assertThat(reply.body()).contains("incident").doesNotContain("127.0.0.1");
        } finally {
            elsewhere.stop(0);
        }
    }
}
