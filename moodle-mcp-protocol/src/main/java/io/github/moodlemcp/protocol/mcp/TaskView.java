package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as its client sees it (extension {@value ClientCapability#TASKS_EXTENSION}).
 *
 * @param statusMessage for people, or null
 * @param ttl how long after its creation it may be forgotten
 * @param pollInterval how long a client should wait between two looks
 * @param outcome what it has come to
 */
public record TaskView(
        String id,
        @Nullable String statusMessage,
        Instant createdAt,
        Instant lastUpdatedAt,
        Duration ttl,
        Duration pollInterval,
        Outcome outcome) {
    public TaskView {
        requireNonNull(id, "id");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(lastUpdatedAt, "lastUpdatedAt");
        requireNonNull(ttl, "ttl");
        requireNonNull(pollInterval, "pollInterval");
        requireNonNull(outcome, "outcome");
    }

    /** What a task has come to. */
    public sealed interface Outcome {

        /** It is being worked on. */
        record Working() implements Outcome {}

        /** It waits for input; a key is never used twice in one task. */
        record InputRequired(Map<String, InputRequest> requests) implements Outcome {
            public InputRequired {
                requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
            }
        }

        /** The tool answered; the result is that of the call in its wire form, errors of the tool included. */
        record Completed(ObjectNode result) implements Outcome {
            public Completed {
                requireNonNull(result, "result");
            }
        }

        /** The call ended in a JSON-RPC error. */
        record Failed(int code, String message, @Nullable JsonNode data) implements Outcome {
            public Failed {
                requireNonNull(message, "message");
            }
        }

        /** It was cancelled. */
        record Cancelled() implements Outcome {}
    }

    /** The word of the specification for the outcome. */
    public String status() {
        return switch (outcome) {
            case Outcome.Working() -> "working";
            case Outcome.InputRequired ignored -> "input_required";
            case Outcome.Completed ignored -> "completed";
            case Outcome.Failed ignored -> "failed";
            case Outcome.Cancelled() -> "cancelled";
        };
    }

    /** Whether nothing more will come. */
    public boolean isOver() {
        return switch (outcome) {
            case Outcome.Working() -> false;
            case Outcome.InputRequired ignored -> false;
            case Outcome.Completed ignored -> true;
            case Outcome.Failed ignored -> true;
            case Outcome.Cancelled() -> true;
        };
    }
}
