package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.TaskView;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.TaskStore;
import io.github.moodlemcp.server.spi.TaskStore.StoredTask;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes tasks of tool calls, and answers {@code tasks/get}, {@code tasks/update} and {@code tasks/cancel}.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-tasks">The tasks extension, SEP-2663</a>
 */
final class TaskMethods {
    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final int ID_BYTES = 16;

    private final TaskStore store;
    private final TaskRuns runs;
    private final @Nullable Changes changes;
    private final InstantSource clock;
    private final SecureRandom random;

    TaskMethods(TaskStore store, TaskRuns runs, @Nullable Changes changes, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.runs = runs;
        this.changes = changes;
        this.clock = clock;
        this.random = random;
    }

    /** Makes a task of a call, and begins with it. */
    McpResult start(McpExchange exchange, ServedTool tool, ObjectNode arguments, InputResponses input) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        Instant now = clock.instant();
        StoredTask task = new StoredTask(
                0,
                exchange.caller().account(),
                tool.name(),
                arguments,
                input.state(),
                input.byKey(),
                new TaskView(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        null,
                        now,
                        now,
                        TIME_TO_LIVE,
                        POLL_INTERVAL,
                        new TaskView.Outcome.Working()));
        store.put(task);
        runs.begin(exchange, task, this::settle);
        return new McpResult.TaskCreated(task.view());
    }

    McpResult get(McpExchange exchange) {
        return new McpResult.TaskState(required(exchange).view());
    }

    McpResult update(McpExchange exchange) {
        StoredTask task = required(exchange);
        JsonNode given = exchange.request().params().path("inputResponses");
        if (!given.isObject()) {
            throw McpException.invalidParams("inputResponses must be an object");
        }
        change(task.view().id(), current -> withResponses(current, given))
                .filter(changed -> changed.view().outcome() instanceof TaskView.Outcome.Working)
                .ifPresent(changed -> runs.begin(exchange, changed, this::settle));
        return new McpResult.Empty();
    }

    McpResult cancel(McpExchange exchange) {
        String id = required(exchange).view().id();
        change(id, current -> current.view().isOver() ? current : with(current, new TaskView.Outcome.Cancelled()));
        runs.cancel(id);
        return new McpResult.Empty();
    }

    /** The task of this id, if it is one of this account. */
    Optional<TaskView> find(McpExchange exchange, String id) {
        return store.find(id)
                .filter(task -> task.owner().equals(exchange.caller().account()))
                .map(StoredTask::view);
    }

    private StoredTask required(McpExchange exchange) {
        if (!exchange.client().can(ClientCapability.TASKS)) {
            throw McpException.missingCapabilities(Set.of(ClientCapability.TASKS));
        }
        return store.find(exchange.request().params().path("taskId").asText())
                .filter(task -> task.owner().equals(exchange.caller().account()))
                .orElseThrow(() -> McpException.invalidParams("there is no such task, or its time is over"));
    }

    /** What a run has come to; a task that was cancelled meanwhile stays so. */
    private void settle(StoredTask begun, @Nullable JsonNode state, TaskView.Outcome outcome) {
        change(begun.view().id(), current -> {
            if (current.view().isOver()) {
                return current;
            }
            StoredTask settled = with(current, outcome);
            return new StoredTask(
                    settled.revision(),
                    settled.owner(),
                    settled.tool(),
                    settled.arguments(),
                    state,
                    settled.responses(),
                    settled.view());
        });
    }

    /** Takes in the answers to what is asked; when none is missing, the task is being worked on again. */
    private StoredTask withResponses(StoredTask task, JsonNode given) {
        if (!(task.view().outcome() instanceof TaskView.Outcome.InputRequired(var asked))) {
            return task;
        }
        Map<String, JsonNode> responses = new HashMap<>(task.responses());
        Map<String, InputRequest> open = new LinkedHashMap<>(asked);
        given.properties().forEach(response -> {
            if (open.remove(response.getKey()) != null) {
                responses.put(TaskRuns.handlersKey(response.getKey(), task.responses()), response.getValue());
            }
        });
        if (open.size() == asked.size()) {
            return task;
        }
        StoredTask changed =
                with(task, open.isEmpty() ? new TaskView.Outcome.Working() : new TaskView.Outcome.InputRequired(open));
        return new StoredTask(
                changed.revision(),
                changed.owner(),
                changed.tool(),
                changed.arguments(),
                changed.state(),
                responses,
                changed.view());
    }

    private StoredTask with(StoredTask task, TaskView.Outcome outcome) {
        TaskView view = task.view();
        return new StoredTask(
                task.revision() + 1,
                task.owner(),
                task.tool(),
                task.arguments(),
                task.state(),
                task.responses(),
                new TaskView(
                        view.id(),
                        view.statusMessage(),
                        view.createdAt(),
                        clock.instant(),
                        view.ttl(),
                        view.pollInterval(),
                        outcome));
    }

    /** Changes a task, and tells those who listen; returns it if it was changed. */
    private Optional<StoredTask> change(String id, UnaryOperator<StoredTask> change) {
        while (true) {
            Optional<StoredTask> current = store.find(id);
            if (current.isEmpty()) {
                return Optional.empty();
            }
            StoredTask changed = change.apply(current.get());
            if (changed == current.get()) {
                return Optional.empty();
            }
            if (store.replace(current.get(), changed)) {
                if (changes != null) {
                    changes.tell(new Changes.Change.OfTask(changed.owner(), changed.view()));
                }
                return Optional.of(changed);
            }
        }
    }
}
