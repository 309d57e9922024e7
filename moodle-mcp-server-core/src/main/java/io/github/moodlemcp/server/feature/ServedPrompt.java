package io.github.moodlemcp.server.feature;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.mcp.Prompt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt and what makes its messages.
 *
 * @param scope the scope a caller needs to see it, to use it and to have its arguments completed, or null when every caller
 *     may
 * @param completers what completes the values of arguments, by the argument's name
 */
public record ServedPrompt(
        Prompt prompt, @Nullable String scope, PromptHandler handler, Map<String, Completer> completers) {
    public ServedPrompt {
        requireNonNull(prompt, "prompt");
        requireNonNull(handler, "handler");
        completers = Map.copyOf(completers);
    }

    /** A prompt for every caller. */
    public ServedPrompt(Prompt prompt, PromptHandler handler, Map<String, Completer> completers) {
        this(prompt, null, handler, completers);
    }

    /** A prompt whose arguments are not completed. */
    public ServedPrompt(Prompt prompt, PromptHandler handler) {
        this(prompt, handler, Map.of());
    }
}
