package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a request, before a revision gives it its wire form. */
public sealed interface McpResult {

    /** What may answer {@code tools/call}. */
    sealed interface OfTool extends McpResult {}

    /** What may answer {@code resources/read}. */
    sealed interface OfResource extends McpResult {}

    /** What may answer {@code prompts/get}. */
    sealed interface OfPrompt extends McpResult {}

    /** The answer to {@code server/discover}; {@code instructions} are for the model. */
    record Discovery(ServerCapabilities capabilities, String instructions) implements McpResult {
        public Discovery {
            requireNonNull(capabilities, "capabilities");
            requireNonNull(instructions, "instructions");
        }
    }

    /** The answer to {@code initialize}; {@code instructions} are for the model. */
    record Initialization(ServerCapabilities capabilities, String instructions) implements McpResult {
        public Initialization {
            requireNonNull(capabilities, "capabilities");
            requireNonNull(instructions, "instructions");
        }
    }

    /** The answer to {@code tools/list}; {@code nextCursor} is null on the last page. */
    record ToolList(List<Tool> tools, @Nullable String nextCursor) implements McpResult {
        public ToolList {
            tools = List.copyOf(tools);
        }
    }

    /**
     * The answer to {@code tools/call}.
     *
     * @param structured the structured content, or null; not with {@code isError}. Required, and held against it, when the
     *     tool has an output schema; sent since revision 2025-06-18
     * @param isError whether the tool failed; the text then says what to do
     * @param meta members for {@code _meta}; may be empty
     */
    record ToolCall(List<ContentBlock> content, @Nullable JsonNode structured, boolean isError, ObjectNode meta)
            implements OfTool {
        public ToolCall {
            content = List.copyOf(content);
            requireNonNull(meta, "meta");
        }

        /** Content without anything else. */
        public static ToolCall of(ContentBlock... content) {
            return new ToolCall(List.of(content), null, false, JsonNodeFactory.instance.objectNode());
        }

        /** A text for the model, and nothing else. */
        public static ToolCall text(String text) {
            return of(new ContentBlock.Text(text));
        }

        /** A failure that the model may act on. */
        public static ToolCall error(String text) {
            return new ToolCall(
                    List.of(new ContentBlock.Text(text)), null, true, JsonNodeFactory.instance.objectNode());
        }
    }

    /** The answer to {@code resources/list}; {@code nextCursor} is null on the last page. */
    record ResourceList(List<Resource> resources, @Nullable String nextCursor) implements McpResult {
        public ResourceList {
            resources = List.copyOf(resources);
        }
    }

    /** The answer to {@code resources/templates/list}; {@code nextCursor} is null on the last page. */
    record ResourceTemplateList(
            List<ResourceTemplate> templates, @Nullable String nextCursor) implements McpResult {
        public ResourceTemplateList {
            templates = List.copyOf(templates);
        }
    }

    /** The answer to {@code resources/read}; never empty. */
    record ResourceRead(List<ResourceContents> contents) implements OfResource {
        public ResourceRead {
            contents = List.copyOf(contents);
            if (contents.isEmpty()) {
                throw new IllegalArgumentException("A resource that was read has contents");
            }
        }

        /** A text; {@code mimeType} is such as {@code text/plain}, or null when it is not known. */
        public static ResourceRead text(String uri, @Nullable String mimeType, String text) {
            return new ResourceRead(List.of(new ResourceContents.Text(uri, mimeType, text)));
        }
    }

    /** The answer to {@code prompts/list}; {@code nextCursor} is null on the last page. */
    record PromptList(List<Prompt> prompts, @Nullable String nextCursor) implements McpResult {
        public PromptList {
            prompts = List.copyOf(prompts);
        }
    }

    /** The answer to {@code prompts/get}; {@code description} is for people. */
    record PromptGet(String description, List<PromptMessage> messages) implements OfPrompt {
        public PromptGet {
            requireNonNull(description, "description");
            messages = List.copyOf(messages);
        }

        /** One text, as if the person had typed it. */
        public static PromptGet text(String description, String text) {
            return new PromptGet(
                    description, List.of(new PromptMessage(PromptMessage.Role.USER, new ContentBlock.Text(text))));
        }
    }

    /**
     * The answer to {@code completion/complete}.
     *
     * @param values at most 100
     * @param total how many there are in all, or null when that is not known
     */
    record Completion(List<String> values, @Nullable Integer total, boolean hasMore) implements McpResult {
        public Completion {
            values = List.copyOf(values);
        }
    }

    /**
     * The server needs something before it can answer; the client asks again with it.
     *
     * @param requests what is needed, by keys that the responses come back under; may be empty when there is a state
     * @param state what comes back unchanged with the next round, or null
     */
    record InputRequired(
            Map<String, InputRequest> requests, @Nullable JsonNode state) implements OfTool, OfResource, OfPrompt {
        public InputRequired {
            requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
            if (requests.isEmpty() && state == null) {
                throw new IllegalArgumentException("A round asks for something or carries a state");
            }
        }

        /** A round that asks for one thing and carries no state. */
        public static InputRequired of(String key, InputRequest request) {
            return new InputRequired(Map.of(key, request), null);
        }
    }

    /** A task was made of the request (the tasks extension). */
    record TaskCreated(TaskView task) implements McpResult {
        public TaskCreated {
            requireNonNull(task, "task");
        }
    }

    /** How a task stands. */
    record TaskState(TaskView task) implements McpResult {
        public TaskState {
            requireNonNull(task, "task");
        }
    }

    /** The end of a subscription; {@code subscription} is its id as JSON. */
    record SubscriptionEnded(JsonNode subscription) implements McpResult {
        public SubscriptionEnded {
            requireNonNull(subscription, "subscription");
        }
    }

    /** The answer to {@code ping} and other requests without a result of their own. */
    record Empty() implements McpResult {}
}
