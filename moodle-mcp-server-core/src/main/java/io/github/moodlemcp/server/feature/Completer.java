package io.github.moodlemcp.server.feature;

import java.util.List;
import java.util.Map;

/** Proposes values while a person types. Safe for use by many threads; it may block, but should be quick. */
@FunctionalInterface
public interface Completer {

    /**
     * The values that fit, best first; the server shows the first 100. An exception is a defect.
     *
     * @param typed what was typed so far; may be empty
     * @param others the values of the other arguments, as far as the client told them; checked by nobody
     * @return never null; empty when nothing fits
     */
    List<String> complete(String typed, Map<String, String> others, McpCall call);
}
