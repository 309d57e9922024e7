package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools that are served, in the order {@code tools/list} shows them. Immutable.
 *
 * <p>Each tool is a JSON file beside this class's package, in {@code /io/github/moodlemcp/server/tools/}; the extension's
 * tests read the same files.
 */
final class ToolCatalogue {
    private static final List<String> BUILT_IN = List.of(
            "get_status",
            "list_courses",
            "get_course",
            "list_deadlines",
            "list_events",
            "list_assignments",
            "get_assignment",
            "get_grades",
            "list_updates",
            "list_discussions",
            "read_discussion",
            "list_notifications",
            "list_conversations",
            "read_conversation",
            "read_activity",
            "list_files",
            "read_file",
            "search",
            "list_participants",
            "get_quiz",
            "review_quiz_attempt",
            "mark_read",
            "set_completion",
            "save_event",
            "delete_event",
            "send_message",
            "post_reply",
            "start_discussion",
            "save_submission_draft",
            "submit_assignment",
            "answer_choice");

    private final Map<String, ToolDefinition> tools;

    private ToolCatalogue(Map<String, ToolDefinition> tools) {
        this.tools = tools;
    }

    /** The tools of the product. */
    public static ToolCatalogue builtIn() {
        ObjectMapper mapper = new ObjectMapper();
        Map<String, ToolDefinition> tools = new LinkedHashMap<>();
        for (String name : BUILT_IN) {
            String file = "/io/github/moodlemcp/server/tools/" + name + ".json";
            try (InputStream json = ToolCatalogue.class.getResourceAsStream(file)) {
                if (json == null) {
                    throw new IllegalStateException("The tool catalogue lacks " + file);
                }
                tools.put(name, ToolDefinition.of(mapper.readTree(json)));
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return new ToolCatalogue(tools);
    }

    /**
     * These tools, followed by further ones.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    ToolCatalogue and(List<ToolDefinition> further) {
        Map<String, ToolDefinition> all = new LinkedHashMap<>(tools);
        for (ToolDefinition tool : further) {
            if (all.putIfAbsent(tool.name(), tool) != null) {
                throw new IllegalArgumentException("Served twice: " + tool.name());
            }
        }
        return new ToolCatalogue(all);
    }

    /** The tool of this name. */
    public Optional<ToolDefinition> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** All tools, always in the same order. */
    public Collection<ToolDefinition> all() {
        return List.copyOf(tools.values());
    }
}
