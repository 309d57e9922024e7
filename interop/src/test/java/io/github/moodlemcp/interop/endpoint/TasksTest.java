package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.EventReader;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import io.github.moodlemcp.server.spi.TaskStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that become tasks, and the requests about them. */
class TasksTest extends EndpointTest {
    private static final String TASKS = "{\"extensions\": {\"io.modelcontextprotocol/tasks\": {}}}";
    private static final String TASKS_AND_FORMS =
            "{\"elicitation\": {\"form\": {}}, \"extensions\": {\"io.modelcontextprotocol/tasks\": {}}}";

    private final Script script = new Script();
    private final AtomicInteger rounds = new AtomicInteger();
    private Endpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = start(Endpoint.server(
                        Endpoint.options(1).answerWait(LONG).keepAlive(LONG).build())
                .tool(Toys.task("work", TaskMode.WHEN_POSSIBLE, script))
                .tool(Toys.task("ask", TaskMode.WHEN_POSSIBLE, this::askBoth))
                .tool(Toys.task("insist", TaskMode.WHEN_POSSIBLE, TasksTest::insist))
                .tool(Toys.task("fail", TaskMode.WHEN_POSSIBLE, (arguments, call) -> {
                    throw new McpError(1001, "It does not work", null);
                }))
                .tool(Toys.task("defect", TaskMode.WHEN_POSSIBLE, (arguments, call) -> {
                    throw new IllegalStateException("c4nary");
                }))
                .tool(promisesCount(TaskMode.WHEN_POSSIBLE))
                .changes(new Changes())
                .tasks(TaskStore.inMemory(InstantSource.system())));
    }

    /** A tool that does not keep what its output schema says. */
    private static ServedTool promisesCount(TaskMode mode) {
        ServedTool tool = Toys.structured(
                "break", "{\"type\": \"object\", \"required\": [\"count\"]}", (arguments, call) -> Toys.text("c4nary"));
        return new ServedTool(tool.tool(), null, mode, tool.handler());
    }

    private McpResult.OfTool askBoth(ObjectNode arguments, McpCall call) {
        rounds.incrementAndGet();
        if (call.input().find("a").isPresent() && call.input().find("b").isPresent()) {
            return Toys.text(call.input().byKey().get("a").path("content").toString()
                    + call.input().byKey().get("b").path("content"));
        }
        Map<String, InputRequest> requests = new LinkedHashMap<>();
        requests.put("a", new InputRequest.Form("A?", Json.object("{\"type\": \"object\"}")));
        requests.put("b", new InputRequest.Form("B?", Json.object("{\"type\": \"object\"}")));
        return new McpResult.InputRequired(requests, null);
    }

    private String begun(String tool) throws Exception {
        return begun(tool, TASKS_AND_FORMS);
    }

    private String begun(String tool, String capabilities) throws Exception {
        Reply reply = endpoint.send(Ask.call(tool, "{}", capabilities));
        assertThat(reply.result().path("resultType").asText()).isEqualTo("task");
        assertThat(reply.result().path("status").asText()).isEqualTo("working");
        return reply.result().path("taskId").asText();
    }

    private static Ask about(String method, String task) {
        return Ask.modern(method, "{\"taskId\": \"" + task + "\"}", TASKS_AND_FORMS);
    }

    private static Ask update(String task, String responses) {
        String params = "{\"taskId\": \"" + task + "\", \"inputResponses\": " + responses + "}";
        return Ask.modern("tasks/update", params, TASKS_AND_FORMS);
    }

    private JsonNode awaitStatus(String task, String status) {
        return Awaitility.await()
                .until(
                        () -> endpoint.send(about("tasks/get", task)).result(),
                        state -> state.path("status").asText().equals(status));
    }

    @Test
    void aTaskIsFollowedToItsEnd() throws Exception {
        String task = begun("work");
        assertThat(task).matches("[A-Za-z0-9_-]{22,}");
        JsonNode working = awaitStatus(task, "working");
        assertThat(working.path("resultType").asText()).isEqualTo("complete");
        assertThat(working.path("ttlMs").asLong()).isPositive();
        assertThat(working.path("pollIntervalMs").asLong()).isPositive();

        script.end("done");

        JsonNode completed = awaitStatus(task, "completed");
        assertThat(completed.at("/result/content/0/text").asText()).isEqualTo("done");
        assertThat(completed.path("lastUpdatedAt").asText())
                .isGreaterThanOrEqualTo(completed.path("createdAt").asText());
    }

    @Test
    void aClientThatCannotFollowTasksWaits() throws Exception {
        script.end("done");

        assertThat(endpoint.send(Ask.call("work", "{}")).text()).isEqualTo("done");
    }

    @Test
    void aTaskIsItsOwnersAlone() throws Exception {
        String task = begun("work");

        for (Ask ask : new Ask[] {about("tasks/get", task), update(task, "{}"), about("tasks/cancel", task)}) {
            Reply reply = endpoint.send(ask.by(Endpoint.BEN));
            assertThat(reply.error().path("code").asInt()).isEqualTo(-32602);
            assertThat(reply.error())
                    .isEqualTo(endpoint.send(ask.replacing(task, "unknown").with("Mcp-Name", "unknown"))
                            .error());
        }
        assertThat(script.cancelled).isNotDone();
        script.end("done");
        awaitStatus(task, "completed");
    }

    @Test
    void aTaskIsCancelledForGood() throws Exception {
        String task = begun("work");
        await(script.called);

        Reply reply = endpoint.send(about("tasks/cancel", task));

        assertThat(reply.result().path("resultType").asText()).isEqualTo("complete");
        await(script.cancelled);
        script.end("too late");
        assertThat(awaitStatus(task, "cancelled").has("result")).isFalse();
        assertThat(endpoint.send(about("tasks/cancel", task)).error().isMissingNode())
                .isTrue();
        assertThat(endpoint.send(update(task, "{\"a\": {}}")).error().isMissingNode())
                .isTrue();
        awaitStatus(task, "cancelled");
    }

    @Test
    void answersMayComeOneByOne() throws Exception {
        String task = begun("ask");
        JsonNode asks = awaitStatus(task, "input_required");
        assertThat(asks.path("inputRequests").has("a")).isTrue();
        assertThat(asks.path("inputRequests").has("b")).isTrue();

        endpoint.send(update(task, "{\"b\": {\"action\": \"accept\", \"content\": {\"n\": 2}}, \"c\": {}}"));
        JsonNode still = endpoint.send(about("tasks/get", task)).result();
        assertThat(still.path("status").asText()).isEqualTo("input_required");
        assertThat(still.path("inputRequests").has("a")).isTrue();
        assertThat(still.path("inputRequests").has("b")).isFalse();

        endpoint.send(update(task, "{\"b\": {\"action\": \"accept\", \"content\": {\"n\": 9}}}"));
        endpoint.send(update(task, "{\"a\": {\"action\": \"accept\", \"content\": {\"n\": 1}}}"));
        assertThat(awaitStatus(task, "completed").at("/result/content/0/text").asText())
                .isEqualTo("{\"n\":1}{\"n\":2}");
    }

    @Test
    void aQuestionThatComesAgainHasAnotherKey() throws Exception {
        String task = begun("insist");
        assertThat(keys(awaitStatus(task, "input_required"))).containsExactly("q~1");
        endpoint.send(update(task, "{\"q~1\": {\"action\": \"decline\"}}"));

        JsonNode again = Awaitility.await()
                .until(
                        () -> endpoint.send(about("tasks/get", task)).result(),
                        state -> state.has("inputRequests") && !keys(state).contains("q~1"));

        assertThat(keys(again)).hasSize(1);
        endpoint.send(update(task, "{\"q~1\": {\"action\": \"accept\"}}"));
        endpoint.send(update(task, "{\"" + keys(again).getFirst() + "\": {\"action\": \"accept\"}}"));
        awaitStatus(task, "completed");
    }

    private static List<String> keys(JsonNode state) {
        List<String> keys = new ArrayList<>();
        state.path("inputRequests").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static McpResult.OfTool insist(ObjectNode arguments, McpCall call) {
        return call.input()
                .find("q~1")
                .filter(answer -> answer.path("action").asText().equals("accept"))
                .<McpResult.OfTool>map(answer -> Toys.text("done"))
                .orElseGet(() -> McpResult.InputRequired.of(
                        "q~1", new InputRequest.Form("Yes?", Json.object("{\"type\": \"object\"}"))));
    }

    @Test
    void answersThatComeAtOnceBeginOneRound() throws Exception {
        for (int i = 0; i < 10; i++) {
            String task = begun("ask");
            awaitStatus(task, "input_required");
            int before = rounds.get();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (String key : List.of("a", "b", "a", "b")) {
                    threads.submit(() -> endpoint.send(update(task, "{\"" + key + "\": {\"content\": {}}}")));
                }
            }
            awaitStatus(task, "completed");
            assertThat(rounds.get() - before).isEqualTo(1);
        }
    }

    @Test
    void theClientIsNotAskedWhatItDidNotDeclare() throws Exception {
        String task = begun("ask", TASKS);

        JsonNode failed = awaitStatus(task, "failed");

        assertThat(failed.at("/error/code").asInt()).isEqualTo(-32021);
        assertThat(failed.at("/error/data/requiredCapabilities"))
                .isEqualTo(Json.of("{\"elicitation\": {\"form\": {}}}"));
    }

    @Test
    void anErrorOfTheProtocolFailsTheTask() throws Exception {
        assertThat(awaitStatus(begun("fail"), "failed").path("error"))
                .isEqualTo(Json.of("{\"code\": 1001, \"message\": \"It does not work\"}"));
    }

    @Test
    void aDefectFailsTheTaskAndSaysNoMoreThanItsNumber() throws Exception {
        for (String tool : new String[] {"defect", "break"}) {
            JsonNode failed = awaitStatus(begun(tool), "failed");
            assertThat(failed.at("/error/code").asInt()).isEqualTo(-32603);
            assertThat(failed.toString()).contains("incident").doesNotContain("c4nary", "java");
        }
    }

    @Test
    void aListenerHearsOfItsOwnTasks() throws Exception {
        String task = begun("work");
        String listen = "{\"notifications\": {\"taskIds\": [\"" + task + "\", \"unknown\"]}}";
        try (EventReader stream = endpoint.open(Ask.modern("subscriptions/listen", listen, TASKS))) {
            assertThat(stream.message().at("/params/notifications"))
                    .isEqualTo(Json.of("{\"taskIds\": [\"" + task + "\"]}"));
            Ask bens = Ask.modern("subscriptions/listen", listen, TASKS).by(Endpoint.BEN);
            try (EventReader other = endpoint.open(bens)) {
                assertThat(other.message().at("/params/notifications")).isEqualTo(Json.of("{}"));
            }
            script.end("done");

            JsonNode told = stream.message();
            assertThat(told.path("method").asText()).isEqualTo("notifications/tasks");
            assertThat(told.at("/params/taskId").asText()).isEqualTo(task);
            assertThat(told.at("/params/status").asText()).isEqualTo("completed");
            assertThat(told.at("/params/result/content/0/text").asText()).isEqualTo("done");
        }
    }
}
