package io.github.moodlemcp.interop.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Tool;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.Changes.Change;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import io.github.moodlemcp.server.spi.TaskStore;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the conversations are held with: a bell that some ring and others wait for, and a door. */
final class Doorbell {
    private static final URI LOG = URI.create("bell://log");
    private static final String NOTHING = "{\"type\": \"object\", \"additionalProperties\": false}";
    private static final String UNTIL_HEARD = """
            {"type": "object", "properties": {"until_heard": {"type": "boolean"}}, "additionalProperties": false}
            """;
    private static final String RUNG =
            "{\"type\": \"object\", \"properties\": {\"waiting\": {\"type\": \"integer\"}}, \"required\": [\"waiting\"]}";
    private static final String NAME =
            "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}, \"required\": [\"name\"]}";

    private final Changes changes = new Changes();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    MoodleMcpServer.Builder server() {
        Duration never = Duration.ofHours(1);
        return Endpoint.server(
                        Endpoint.options(1).answerWait(never).keepAlive(never).build())
                .implementation(new Implementation("doorbell", "Doorbell", "1.0.0"))
                .instructions("A bell and a door.")
                .tool(new ServedTool(
                        described("ring_bell", "Rings the bell.", UNTIL_HEARD, Json.object(RUNG)), this::ring))
                .tool(new ServedTool(
                        described("wait_for_bell", "Waits until it rings.", NOTHING, null),
                        null,
                        TaskMode.WHEN_POSSIBLE,
                        this::await))
                .tool(new ServedTool(described("greet_visitor", "Asks who is there.", NOTHING, null), Doorbell::greet))
                .tool(new ServedTool(described("open_door", "Opens the door.", NOTHING, null), Doorbell::open))
                .resource(Toys.resource(LOG.toString(), "It rang."))
                .changes(changes)
                .tasks(TaskStore.inMemory(InstantSource.system()));
    }

    private static Tool described(
            String name, String description, String inputSchema, @Nullable ObjectNode outputSchema) {
        ObjectNode noHints = JsonNodeFactory.instance.objectNode();
        return new Tool(name, name.replace('_', ' '), description, Json.object(inputSchema), outputSchema, noHints);
    }

    private McpResult.OfTool ring(ObjectNode arguments, McpCall call) {
        List<CompletableFuture<Void>> hearing =
                hearing(arguments.path("until_heard").asBoolean());
        hearing.forEach(one -> one.complete(null));
        changes.tell(new Change.OfResource(LOG.toString()));
        return new McpResult.ToolCall(
                List.of(new ContentBlock.Text("Ding dong.")),
                arguments.objectNode().put("waiting", hearing.size()),
                false,
                arguments.objectNode());
    }

    private List<CompletableFuture<Void>> hearing(boolean atLeastOne) {
        synchronized (waiting) {
            try {
                while (atLeastOne && waiting.isEmpty()) {
                    waiting.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            List<CompletableFuture<Void>> hearing = List.copyOf(waiting);
            waiting.clear();
            return hearing;
        }
    }

    private McpResult.OfTool await(ObjectNode arguments, McpCall call) {
        CompletableFuture<Void> rung = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(rung);
            waiting.notifyAll();
        }
        call.onCancel(() -> {
            synchronized (waiting) {
                waiting.remove(rung);
            }
            rung.complete(null);
        });
        call.progress(new Progress(BigDecimal.ONE, null, "Waiting for the bell"));
        rung.join();
        return Toys.text("It rang.");
    }

    private static McpResult.OfTool greet(ObjectNode arguments, McpCall call) {
        return call.input()
                .find("visitor")
                .filter(answer -> call.input().state() != null)
                .<McpResult.OfTool>map(answer ->
                        Toys.text("Welcome, " + answer.at("/content/name").asText("stranger") + "!"))
                .orElseGet(() -> new McpResult.InputRequired(
                        Map.of("visitor", new InputRequest.Form("Who is there?", Json.object(NAME))),
                        Json.object("{\"asked\": 1}")));
    }

    private static McpResult.OfTool open(ObjectNode arguments, McpCall call) {
        return call.input().find("face").isPresent()
                ? Toys.text("The door is open.")
                : McpResult.InputRequired.of(
                        "face",
                        new InputRequest.Url(
                                "Show your face at the door.", URI.create("https://door.example/camera"), "door-1"));
    }
}
