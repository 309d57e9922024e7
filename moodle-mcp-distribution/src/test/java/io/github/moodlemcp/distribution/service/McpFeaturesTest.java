package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prompts, resources and completions of the service, as clients see them. */
class McpFeaturesTest extends ServiceScenario {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String COURSE = "moodle://{site}/course/{id}";
    private static final String ACTIVITY = "moodle://{site}/course/{id}/activity/{activity}";
    private static final String BIOLOGY = "moodle://moodle.example.edu/course/5";

    @Test
    void whatIsServedIsDeclaredAndNoStreamIsAskedFor() throws IOException {
        Answer answer = anna.client().request("server/discover", NONE.deepCopy());

        assertThat(answer.body().at("/result/capabilities"))
                .isEqualTo(json("{'tools':{},'resources':{},'prompts':{},'completions':{}}"));
    }

    @Test
    void resourcesAreFamiliesOnly() {
        Answer resources = anna.client().request("resources/list", NONE.deepCopy());
        Answer templates = anna.client().request("resources/templates/list", NONE.deepCopy());

        assertThat(resources.body().at("/result/resources").isArray()).isTrue();
        assertThat(resources.body().at("/result/resources")).isEmpty();
        assertThat(templates.body().at("/result/resourceTemplates").findValuesAsText("uriTemplate"))
                .containsExactly(COURSE, ACTIVITY);
        assertThat(templates.body().at("/result/cacheScope").asText()).isEqualTo("private");
    }

    @Test
    void aCourseIsReadInTheCallersBrowser() throws IOException {
        try (ScriptedExtension browser = anna.browser("Chromium", moodle())) {
            Answer course = read(anna, BIOLOGY);
            Answer activity = read(anna, BIOLOGY + "/activity/11");

            assertThat(course.body().at("/result/contents/0/uri").asText()).isEqualTo(BIOLOGY);
            assertThat(course.body().at("/result/contents/0/mimeType").asText()).isEqualTo("text/plain");
            assertThat(course.body().at("/result/contents/0/text").asText())
                    .startsWith("From Moodle.")
                    .contains("\"name\":\"Biology\"", "\"name\":\"Essay\"");
            assertThat(course.body().at("/result/cacheScope").asText()).isEqualTo("private");
            assertThat(activity.body().at("/result/contents/0/text").asText())
                    .contains("\"activity\":{\"id\":11,\"name\":\"Essay\"}");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        try (ScriptedExtension browser = anna.browser("Chromium", moodle())) {
            for (String uri : List.of(
                    "moodle://moodle.example.edu/course/404",
                    BIOLOGY + "/activity/404",
                    "moodle://moodle.example.edu/course/five",
                    "moodle://moodle.example.edu/moodle/course/5")) {
                Answer answer = read(anna, uri);

                assertThat(answer.body().at("/error/code").asInt()).isEqualTo(-32602);
                assertThat(answer.body().at("/error/data/uri").asText()).isEqualTo(uri);
            }
        }
    }

    @Test
    void withoutABrowserOfOnesOwnNothingIsReadAndNothingProposed() {
        try (ScriptedExtension browser = anna.browser("Chromium", moodle())) {
            Answer read = read(ben, BIOLOGY);

            assertThat(read.status()).isEqualTo(200);
            assertThat(read.body().at("/error/code").asInt()).isEqualTo(503);
            assertThat(read.body().at("/error/message").asText()).contains("No browser is connected", "/extension");
            assertThat(complete(ben, prompt("summarise_course"), "course", "bio"))
                    .isEmpty();
            assertThat(complete(ben, template(ACTIVITY), "site", "")).isEmpty();
        }
    }

    @Test
    void coursesAreProposed() {
        try (ScriptedExtension browser = anna.browser("Chromium", moodle())) {
            assertThat(complete(anna, prompt("summarise_course"), "course", "BÍO"))
                    .containsExactly("Biology (id 5)");
            assertThat(complete(anna, template(COURSE), "site", "moo")).containsExactly("moodle.example.edu");
            assertThat(complete(anna, template(COURSE), "id", "bio")).containsExactly("5");
            assertThat(complete(
                            anna,
                            template(ACTIVITY),
                            "activity",
                            "ess",
                            Map.of("site", "moodle.example.edu", "id", "5")))
                    .containsExactly("11");
        }
    }

    @Test
    void promptsTellAModelWhatToDo() {
        Answer list = anna.client().request("prompts/list", NONE.deepCopy());
        ObjectNode params = JSON.objectNode().put("name", "summarise_course");
        params.putObject("arguments").put("course", "Biology (id 5)");
        Answer got = anna.client().request("prompts/get", params);
        Answer incomplete =
                anna.client().request("prompts/get", JSON.objectNode().put("name", "summarise_course"));

        assertThat(list.body().at("/result/prompts").findValuesAsText("title"))
                .containsExactly("What is due", "Plan my week", "Summarise a course", "Prepare for an exam");
        assertThat(got.body().at("/result/messages/0/role").asText()).isEqualTo("user");
        assertThat(got.body().at("/result/messages/0/content/text").asText())
                .contains("\"Biology (id 5)\"", "get_course");
        assertThat(incomplete.body().at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void aClientThatOpensAddressesIsSentToTheExtensionPageOnce() throws IOException {
        ObjectNode first = JSON.objectNode().put("name", "list_courses");
        Answer asked = callAbleToOpenAddresses(first);
        ObjectNode second = first.deepCopy();
        second.putObject("inputResponses")
                .putObject(asked.body().at("/result/inputRequests").fieldNames().next())
                .put("action", "decline");
        Answer told = callAbleToOpenAddresses(second);

        assertThat(asked.body().at("/result/resultType").asText()).isEqualTo("input_required");
        JsonNode elicitation =
                asked.body().at("/result/inputRequests").iterator().next();
        assertThat(elicitation.path("method").asText()).isEqualTo("elicitation/create");
        assertThat(elicitation.at("/params/mode").asText()).isEqualTo("url");
        assertThat(elicitation.at("/params/url").asText()).isEqualTo(service.base() + "/extension");
        assertThat(told.body().at("/result/isError").booleanValue()).isTrue();
        assertThat(textOf(told)).contains("No browser is connected");
    }

    private static Answer callAbleToOpenAddresses(ObjectNode params) {
        ObjectNode meta = params.putObject("_meta").put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        meta.putObject("io.modelcontextprotocol/clientCapabilities")
                .putObject("elicitation")
                .putObject("url");
        ObjectNode request =
                JSON.objectNode().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
        request.set("params", params);
        return service.person("carla@example.edu")
                .client()
                .post(
                        request.toString(),
                        Map.of(
                                "MCP-Protocol-Version", "2026-07-28",
                                "Mcp-Method", "tools/call",
                                "Mcp-Name", "list_courses"));
    }

    /** A Moodle with one course of two activities. */
    private static Script moodle() {
        return run -> switch (run.tool()) {
            case "list_courses" ->
                new ExtensionFrame.Reply(
                        run.command(),
                        json("{'courses':[{'id':5,'name':'Biology','short_name':'BIO'},{'id':6,'name':'Art',"
                                + "'short_name':'ART'}],'coverage':{'returned':2,'offset':0,'more':false}}"));
            case "get_course" ->
                run.arguments().path("course_id").asInt() == 5
                        ? reply(run)
                        : new ExtensionFrame.Failure(run.command(), new FailureReason("not_found"));
            default -> null;
        };
    }

    private static ExtensionFrame reply(ServiceFrame.Run run) {
        return new ExtensionFrame.Reply(
                run.command(),
                json("{'course':{'id':5,'name':'Biology'},'sections':[{'id':1,'number':0,'activities':["
                        + "{'id':10,'name':'News'},{'id':11,'name':'Essay'}]}],"
                        + "'coverage':{'returned':2,'offset':0,'total':2,'more':false}}"));
    }

    private static Answer read(RunningService.Person person, String uri) {
        ObjectNode params = JSON.objectNode().put("uri", uri);
        ObjectNode meta = params.putObject("_meta").put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        ObjectNode request =
                JSON.objectNode().put("jsonrpc", "2.0").put("id", 1).put("method", "resources/read");
        request.set("params", params);
        return person.client()
                .post(
                        request.toString(),
                        Map.of(
                                "MCP-Protocol-Version", "2026-07-28",
                                "Mcp-Method", "resources/read",
                                "Mcp-Name", uri));
    }

    private static ObjectNode prompt(String name) {
        return JSON.objectNode().put("type", "ref/prompt").put("name", name);
    }

    private static ObjectNode template(String uriTemplate) {
        return JSON.objectNode().put("type", "ref/resource").put("uri", uriTemplate);
    }

    private static List<String> complete(
            RunningService.Person person, ObjectNode reference, String name, String typed) {
        return complete(person, reference, name, typed, Map.of());
    }

    private static List<String> complete(
            RunningService.Person person, ObjectNode reference, String name, String typed, Map<String, String> others) {
        ObjectNode params = JSON.objectNode();
        params.set("ref", reference);
        params.putObject("argument").put("name", name).put("value", typed);
        ObjectNode arguments = params.putObject("context").putObject("arguments");
        others.forEach(arguments::put);
        JsonNode completion =
                person.client().request("completion/complete", params).body().at("/result/completion");
        assertThat(completion.path("values").isArray()).isTrue();
        return completion.path("values").valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
