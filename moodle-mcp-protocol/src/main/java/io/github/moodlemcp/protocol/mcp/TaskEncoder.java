package io.github.moodlemcp.protocol.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tasks in the form of the tasks extension. */
public final class TaskEncoder {
    private TaskEncoder() {}

    /** How the task stands, with what it has come to: the parameters of {@code notifications/tasks}. */
    public static ObjectNode whole(TaskView task, ProtocolVersion version) {
        ObjectNode node = summary(task);
        switch (task.outcome()) {
            case TaskView.Outcome.Working() -> {}
            case TaskView.Outcome.Cancelled() -> {}
            case TaskView.Outcome.InputRequired(var requests) ->
                node.set("inputRequests", ResultEncoder.encode(requests, version));
            case TaskView.Outcome.Completed(var result) -> node.set("result", result);
            case TaskView.Outcome.Failed(var code, var message, var data) -> {
                ObjectNode error = node.putObject("error").put("code", code).put("message", message);
                if (data != null) {
                    error.set("data", data);
                }
            }
        }
        return node;
    }

    static ObjectNode summary(TaskView task) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("taskId", task.id()).put("status", task.status());
        if (task.statusMessage() != null) {
            node.put("statusMessage", task.statusMessage());
        }
        return node.put("createdAt", task.createdAt().toString())
                .put("lastUpdatedAt", task.lastUpdatedAt().toString())
                .put("ttlMs", task.ttl().toMillis())
                .put("pollIntervalMs", task.pollInterval().toMillis());
    }
}
