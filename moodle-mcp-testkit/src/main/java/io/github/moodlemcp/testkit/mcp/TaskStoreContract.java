package io.github.moodlemcp.testkit.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.TaskView;
import io.github.moodlemcp.server.spi.TaskStore;
import io.github.moodlemcp.server.spi.TaskStore.StoredTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link TaskStore}: extend it for your store. Each test is named for its rule. */
public abstract class TaskStoreContract {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 16;

    private volatile Instant now = START;
    private TaskStore store;

    /** For the subclass alone. */
    protected TaskStoreContract() {}

    /** A store that holds no task of these tests and goes by this clock. */
    protected abstract TaskStore newStore(InstantSource clock);

    /** The store as another node has it; the same one where it is not shared. */
    protected TaskStore onAnotherNode(TaskStore of) {
        return of;
    }

    @BeforeEach
    void makeStore() {
        store = newStore(() -> now);
    }

    @Test
    @DisplayName("TASK-1: what was put is found as it was, on every node, at once")
    void task1() {
        StoredTask working = task("task-1-a", new TaskView.Outcome.Working());
        StoredTask asking =
                task("task-1-b", new TaskView.Outcome.InputRequired(Map.of("roots", new InputRequest.Roots())));

        store.put(working);
        assertThat(onAnotherNode(store).find("task-1-a")).contains(working);
        assertThat(onAnotherNode(store).find("task-1-b")).isEmpty();
        store.put(asking);
        assertThat(onAnotherNode(store).find("task-1-b")).contains(asking);
        assertThat(onAnotherNode(store).find("task-1-a")).contains(working);
    }

    @Test
    @DisplayName("TASK-2: a task is replaced only from its current revision, by one of many that try")
    void task2() throws Exception {
        StoredTask first = task("task-2", new TaskView.Outcome.Working());
        store.put(first);
        StoredTask cancelled = next(first, new TaskView.Outcome.Cancelled());

        assertThat(store.replace(first, cancelled)).isTrue();
        assertThat(onAnotherNode(store).find("task-2")).contains(cancelled);
        assertThat(store.replace(first, next(first, new TaskView.Outcome.Working())))
                .isFalse();
        assertThat(store.find("task-2")).contains(cancelled);
        assertThat(store.replace(task("task-2-unknown", new TaskView.Outcome.Working()), cancelled))
                .isFalse();
        assertThat(replacements(cancelled)).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    private List<Boolean> replacements(StoredTask current) throws Exception {
        CountDownLatch ready = new CountDownLatch(AT_ONCE);
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                TaskStore node = i % 2 == 0 ? store : onAnotherNode(store);
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return node.replace(current, next(current, new TaskView.Outcome.Working()));
                }));
            }
            for (Future<Boolean> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    @Test
    @DisplayName("TASK-3: a task is found until its time to live is over, whatever became of it, and not after")
    void task3() {
        StoredTask task = task("task-3", new TaskView.Outcome.Working());
        store.put(task);
        now = START.plus(TIME_TO_LIVE).minusSeconds(1);
        StoredTask ended = next(task, new TaskView.Outcome.Cancelled());
        assertThat(store.replace(task, ended)).isTrue();
        assertThat(store.find("task-3")).contains(ended);

        now = START.plus(TIME_TO_LIVE).plusSeconds(1);

        assertThat(store.find("task-3")).isEmpty();
        assertThat(onAnotherNode(store).find("task-3")).isEmpty();
    }

    private static StoredTask task(String id, TaskView.Outcome outcome) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("course_id", 42);
        return new StoredTask(
                0,
                new AccountId("anna"),
                "copy_course",
                arguments,
                JsonNodeFactory.instance.textNode("a state"),
                Map.of("confirm", JsonNodeFactory.instance.objectNode().put("action", "accept")),
                new TaskView(id, "Copying", START, START, TIME_TO_LIVE, Duration.ofSeconds(1), outcome));
    }

    private static StoredTask next(StoredTask task, TaskView.Outcome outcome) {
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
                        view.lastUpdatedAt().plusSeconds(1),
                        view.ttl(),
                        view.pollInterval(),
                        outcome));
    }
}
