package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.TaskView;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks until their time is over. Safe for use by many threads and, where it is shared, by many nodes.
 *
 * <ul>
 *   <li>TASK-1: what was put is found, on every node, as soon as {@link #put} has returned.
 *   <li>TASK-2: {@link #replace} changes a task only if it still has the revision of the expected one.
 *   <li>TASK-3: a task is not found after its time to live, and may then be forgotten.
 * </ul>
 */
public interface TaskStore {

    /** Keeps a new task; its id was not used before. */
    void put(StoredTask task);

    /** The task of this id, whoever its owner is. */
    Optional<StoredTask> find(String id);

    /** Puts a task in the place of an earlier revision; returns whether that was still there, and the current one. */
    boolean replace(StoredTask expected, StoredTask updated);

    /** Keeps tasks in this process, the last 10 000: they end with it, and no other node finds them. */
    static TaskStore inMemory(InstantSource clock) {
        return new InMemoryTaskStore(clock);
    }

    /**
     * A task and what is needed to go on with it, on any node.
     *
     * @param revision grows by one with each change
     * @param owner whose task it is; nobody else learns that it exists
     * @param tool the tool that was called
     * @param arguments of the call
     * @param state the state of an input-required round, or null
     * @param responses what the client has answered so far, by key
     * @param view the task as its client sees it, with its id and its time to live
     */
    record StoredTask(
            int revision,
            AccountId owner,
            String tool,
            ObjectNode arguments,
            @Nullable JsonNode state,
            Map<String, JsonNode> responses,
            TaskView view) {
        public StoredTask {
            requireNonNull(owner, "owner");
            requireNonNull(tool, "tool");
            requireNonNull(arguments, "arguments");
            responses = Map.copyOf(responses);
            requireNonNull(view, "view");
        }
    }
}
