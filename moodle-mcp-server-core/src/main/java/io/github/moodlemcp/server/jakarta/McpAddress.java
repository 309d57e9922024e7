package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.ToolSelection;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the endpoint that selects tools: {@code /mcp/readonly}, {@code /mcp/x/student,teacher} or {@code
 * /mcp/x/student/readonly}. All else below {@code /mcp} selects nothing.
 *
 * @param suffix what follows {@code /mcp}; empty when nothing is selected
 */
record McpAddress(String suffix, ToolSelection selection) {
    private static final String READ_ONLY = "/readonly";
    private static final McpAddress PLAIN = new McpAddress("", ToolSelection.everything());
    private static final Pattern SELECTING = Pattern.compile(
            "(/x/(?<toolsets>[a-z][a-z-]{0,39}(,[a-z][a-z-]{0,39}){0,9}))?(?<readonly>" + READ_ONLY + ")?");

    /** The address that selects nothing. */
    static McpAddress plain() {
        return PLAIN;
    }

    /** The address that selects tools, if what follows {@code /mcp} is written like one. */
    static Optional<McpAddress> selecting(String suffix) {
        Matcher matcher = SELECTING.matcher(suffix);
        if (suffix.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        String toolsets = matcher.group("toolsets");
        return Optional.of(new McpAddress(
                suffix,
                new ToolSelection(
                        toolsets == null ? null : Set.of(distinct(toolsets)), matcher.group("readonly") != null)));
    }

    private static String[] distinct(String toolsets) {
        return Pattern.compile(",").splitAsStream(toolsets).distinct().toArray(String[]::new);
    }

    /** Whether it selects tools. */
    boolean isSelecting() {
        return !suffix.isEmpty();
    }

    /** Whether it names toolsets that do not exist. */
    boolean isUnknownTo(Protection protection) {
        Set<String> toolsets = selection.toolsets();
        return toolsets != null && !protection.toolsets().containsAll(toolsets);
    }

    /** The resource, as clients name it. */
    URI resource(ServerOptions options) {
        return URI.create(options.mcpUrl() + suffix);
    }
}
