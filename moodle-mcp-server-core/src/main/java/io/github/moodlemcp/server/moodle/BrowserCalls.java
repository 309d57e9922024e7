package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.spi.KnownBrowser;
import io.github.moodlemcp.server.spi.KnownBrowsers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the caller's browser carry out the operations of tools; the only place that waits for a browser. */
final class BrowserCalls {
    private static final Duration DIRECTORY_WAIT = Duration.ofSeconds(5);
    private static final int MAX_MESSAGE_LENGTH = 200;

    private final CommandRouter router;
    private final KnownBrowsers known;
    private final SecureRandom random;
    private final Waiting waiting;

    BrowserCalls(CommandRouter router, KnownBrowsers known, SecureRandom random, Waiting waiting) {
        this.router = router;
        this.known = known;
        this.random = random;
        this.waiting = waiting;
    }

    /** Chooses the browser for a call of this tool. */
    BrowserChoice choose(ToolDefinition tool, ObjectNode arguments, McpCall call) {
        List<ConnectedBrowser> connected = connected(call);
        if (connected.isEmpty()) {
            return new BrowserChoice.NoneConnected();
        }
        String wanted = arguments.path("browser").textValue();
        if (wanted != null) {
            return BrowserChoice.named(wanted, connected, known(call));
        }
        String preferred = preferred(call);
        boolean isMissing = preferred != null
                && connected.stream()
                        .noneMatch(browser -> browser.id().browser().equals(preferred));
        return BrowserChoice.unnamed(tool.sideEffect(), connected, preferred, isMissing ? known(call) : List.of());
    }

    /** What is remembered of the caller's browsers, connected or not; the last heard of first. */
    List<KnownBrowser> known(McpCall call) {
        return known.of(call.caller().account());
    }

    /** The id of the caller's default browser, or null. */
    @Nullable
    String preferred(McpCall call) {
        return known.defaultOf(call.caller().account()).orElse(null);
    }

    /** The caller's browsers that are connected now. */
    List<ConnectedBrowser> connected(McpCall call) {
        return connected(call, call.deadline().butAtMost(DIRECTORY_WAIT));
    }

    /** The caller's browsers that are connected now; none when that is not known in time. */
    List<ConnectedBrowser> connected(McpCall call, Deadline deadline) {
        return waiting.forValue(router.connected(call.caller().account()), deadline, List.of());
    }

    /**
     * Has a browser carry out an operation, and waits for the outcome.
     *
     * @param arguments those of the tool
     */
    CommandOutcome run(BridgeId bridge, ToolDefinition tool, ObjectNode arguments, McpCall call) {
        Command command = command(tool, arguments);
        call.onCancel(() -> router.cancel(bridge, command.id()));
        return waiting.forOutcome(
                router.route(bridge, command, call.deadline(), progressOf(call)::accept),
                call.deadline(),
                () -> router.cancel(bridge, command.id()));
    }

    /**
     * The command for a call of a tool.
     *
     * @param arguments those of the tool; {@code browser}, {@code site} and {@code request_key} are not for the operation
     *     and not passed on
     */
    Command command(ToolDefinition tool, ObjectNode arguments) {
        ObjectNode forOperation = arguments.deepCopy();
        forOperation.remove(List.of("browser", "site", WriteKey.ARGUMENT));
        return new Command(
                CommandId.random(random),
                tool.name(),
                forOperation,
                arguments.path("site").textValue(),
                tool.sideEffect());
    }

    /** A new key for a call that gave none. */
    WriteKey newKey() {
        return WriteKey.Made.random(random);
    }

    /** Tells a call how far a browser is. */
    Consumer<Progress> progressOf(McpCall call) {
        return progress -> call.progress(cleaned(progress));
    }

    private static Progress cleaned(Progress progress) {
        String message = progress.message() == null ? null : UntrustedText.line(progress.message(), MAX_MESSAGE_LENGTH);
        return new Progress(progress.done(), progress.total(), message);
    }
}
