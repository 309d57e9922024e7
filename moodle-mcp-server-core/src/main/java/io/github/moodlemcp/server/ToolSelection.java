package io.github.moodlemcp.server;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tools are offered, of those that the caller's scopes cover. It narrows and never widens: what the scopes do not
 * cover is refused whatever is selected.
 *
 * @param toolsets the toolsets whose tools are offered; null for all. A tool of no toolset is always offered
 * @param readOnly whether only tools that change nothing are offered
 */
public record ToolSelection(@Nullable Set<String> toolsets, boolean readOnly) {
    private static final ToolSelection EVERYTHING = new ToolSelection(null, false);

    public ToolSelection {
        toolsets = toolsets == null ? null : Set.copyOf(toolsets);
    }

    /** All tools. */
    public static ToolSelection everything() {
        return EVERYTHING;
    }

    /**
     * What is left of this selection at an address that makes one of its own: toolsets that the address names take the
     * place of these, and either of the two may insist on reading alone.
     */
    public ToolSelection at(ToolSelection address) {
        return new ToolSelection(address.toolsets == null ? toolsets : address.toolsets, readOnly || address.readOnly);
    }

    /**
     * Whether a tool is offered.
     *
     * @param toolset the toolset of the tool, or null when it is of none
     * @param onlyReads whether the tool changes nothing
     */
    public boolean includes(@Nullable String toolset, boolean onlyReads) {
        boolean isChosen = toolset == null || toolsets == null || toolsets.contains(toolset);
        return isChosen && (onlyReads || !readOnly);
    }
}
