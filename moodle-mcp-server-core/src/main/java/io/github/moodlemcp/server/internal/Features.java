package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.mcp.ServerCapabilities;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ToolSelection;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.TaskStore;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a server serves, in the order it was given. Immutable.
 *
 * @param changes where changes are told, or null when clients cannot hear of any
 * @param logging whether clients may ask for log messages
 * @param tasks keeps tasks, or null when no call becomes one
 */
public record Features(
        Map<String, ServedTool> tools,
        Map<String, ServedResource> resources,
        Map<String, ServedResourceTemplate> templates,
        Map<String, ServedPrompt> prompts,
        @Nullable Changes changes,
        boolean logging,
        @Nullable TaskStore tasks) {

    /**
     * What is served.
     *
     * @throws IllegalArgumentException if two of a kind have the same name, address or template
     */
    public static Features of(
            List<ServedTool> tools,
            List<ServedResource> resources,
            List<ServedResourceTemplate> templates,
            List<ServedPrompt> prompts,
            @Nullable Changes changes,
            boolean logging,
            @Nullable TaskStore tasks) {
        return new Features(
                byName(tools, ServedTool::name),
                byName(resources, served -> served.resource().uri()),
                byName(templates, served -> served.template().uriTemplate()),
                byName(prompts, served -> served.prompt().name()),
                changes,
                logging,
                tasks);
    }

    private static <T> Map<String, T> byName(Collection<T> served, Function<T, String> name) {
        Map<String, T> map = new LinkedHashMap<>();
        for (T one : served) {
            if (map.putIfAbsent(name.apply(one), one) != null) {
                throw new IllegalArgumentException("Served twice: " + name.apply(one));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** The tool of this name. */
    Optional<ServedTool> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** Whether a caller may see and use what needs this scope; what needs none has null. */
    static boolean covers(Caller caller, @Nullable String scope) {
        return scope == null || caller.scopes().contains(scope);
    }

    /** Whether a caller is shown a tool: its scopes cover it, and it is among those that are offered. */
    static boolean offers(Caller caller, ServedTool tool) {
        return covers(caller, tool.scope()) && isSelected(caller.selection(), tool);
    }

    static boolean isSelected(ToolSelection selection, ServedTool tool) {
        return selection.includes(tool.toolset(), tool.onlyReads());
    }

    /** The names of the toolsets that can be chosen: those of the product, and of whatever is served. */
    public Set<String> toolsets() {
        return Stream.concat(
                        MoodleToolsets.ALL.stream(), tools.values().stream().map(ServedTool::toolset))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The tools for whoever chooses none: all but those of the product's toolsets that want to be chosen. */
    public ToolSelection byDefault() {
        return new ToolSelection(
                toolsets().stream()
                        .filter(toolset -> !MoodleToolsets.BY_CHOICE.contains(toolset))
                        .collect(Collectors.toUnmodifiableSet()),
                false);
    }

    /** The scopes that something served needs, in alphabetical order. */
    public List<String> scopes() {
        return scopes(ToolSelection.everything());
    }

    /** The scopes that the selected tools need, and all that is no tool, in alphabetical order. */
    public List<String> scopes(ToolSelection selection) {
        return Stream.of(
                        tools.values().stream()
                                .filter(tool -> isSelected(selection, tool))
                                .map(ServedTool::scope),
                        resources.values().stream().map(ServedResource::scope),
                        templates.values().stream().map(ServedResourceTemplate::scope),
                        prompts.values().stream().map(ServedPrompt::scope))
                .flatMap(scopes -> scopes)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** What is declared: exactly what is served. */
    ServerCapabilities capabilities() {
        boolean completes = prompts.values().stream()
                        .anyMatch(prompt -> !prompt.completers().isEmpty())
                || templates.values().stream()
                        .anyMatch(template -> !template.completers().isEmpty());
        return new ServerCapabilities(
                !tools.isEmpty(),
                !resources.isEmpty() || !templates.isEmpty(),
                !prompts.isEmpty(),
                completes,
                changes != null,
                logging,
                tasks != null);
    }
}
