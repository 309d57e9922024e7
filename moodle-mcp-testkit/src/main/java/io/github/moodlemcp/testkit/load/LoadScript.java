package io.github.moodlemcp.testkit.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import java.time.Duration;

/** What a {@link LoadExtension} does with a command; called on the thread of its loop, which it must not block. */
@FunctionalInterface
public interface LoadScript {

    /** Takes a command; the answer, or several, go through {@link LoadExtension#send}, now or later. */
    void run(LoadExtension extension, ServiceFrame.Run command);

    /** Stays silent. */
    static LoadScript silent() {
        return (extension, command) -> {};
    }

    /** Answers every command with this result. */
    static LoadScript replying(JsonNode result) {
        return (extension, command) -> extension.send(new ExtensionFrame.Reply(command.command(), result));
    }

    /** Answers as the script of a {@link ScriptedExtension} does. */
    static LoadScript of(ScriptedExtension.Script script) {
        return (extension, command) -> {
            ExtensionFrame answer = script.answer(command);
            if (answer != null) {
                extension.send(answer);
            }
        };
    }

    /** Does the same some time later. */
    default LoadScript after(Duration delay) {
        return (extension, command) -> extension.after(delay, () -> run(extension, command));
    }
}
