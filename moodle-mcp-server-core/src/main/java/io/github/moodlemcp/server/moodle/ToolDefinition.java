package io.github.moodlemcp.server.moodle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.protocol.mcp.Tool;
import org.jspecify.annotations.Nullable;

/**
 * One tool of the catalogue.
 *
 * @param tool what clients see
 * @param sideEffect what it may change in Moodle
 * @param scope the scope a caller needs
 * @param toolset the toolset it is chosen with, or null when it is always offered
 */
public record ToolDefinition(
        Tool tool,
        SideEffect sideEffect,
        String scope,
        @Nullable String toolset) {
    private static final String ALWAYS = "always";

    public ToolDefinition {
        requireNonNull(tool, "tool");
        requireNonNull(sideEffect, "sideEffect");
        requireNonNull(scope, "scope");
    }

    /**
     * Reads a definition. A tool that is claimed before it acts is given the argument {@code request_key}.
     *
     * @param json an object in the form of the catalogue's files
     * @throws IllegalArgumentException if it is not
     */
    public static ToolDefinition of(JsonNode json) {
        String name = text(json, "name");
        SideEffect sideEffect = SideEffect.of(text(json, "sideEffect"))
                .orElseThrow(() -> new IllegalArgumentException("The tool " + name
                        + " has an unknown sideEffect; it is read, read-marks, write or destructive"));
        ObjectNode schema = object(json, "inputSchema").deepCopy();
        if (sideEffect.needsClaim()) {
            schema.withObjectProperty("properties").set(WriteKey.ARGUMENT, WriteKey.schema());
        }
        Tool tool = new Tool(name, text(json, "title"), text(json, "description"), schema, object(json, "annotations"));
        return new ToolDefinition(tool, sideEffect, text(json, "scope"), toolset(json));
    }

    /**
     * Reads a definition that is written down in a program.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ToolDefinition parse(String json) {
        try {
            return of(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The definition of a tool is not JSON", e);
        }
    }

    private static String text(JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw new IllegalArgumentException("The definition of a tool needs the text " + member);
        }
        return json.get(member).textValue();
    }

    /** The toolset; a definition without one, as with the word for it, is of no toolset. */
    private static @Nullable String toolset(JsonNode json) {
        if (!json.has("toolset")) {
            return null;
        }
        String toolset = text(json, "toolset");
        return toolset.equals(ALWAYS) ? null : toolset;
    }

    private static ObjectNode object(JsonNode json, String member) {
        if (json.path(member) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("The definition of a tool needs the object " + member);
    }

    /** The name of the tool. */
    public String name() {
        return tool.name();
    }
}
