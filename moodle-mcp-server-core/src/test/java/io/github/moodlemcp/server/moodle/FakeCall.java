package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.LogLevel;
import io.github.moodlemcp.server.feature.McpCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call of Anna's, in the newest revision unless a test says otherwise. */
final class FakeCall implements McpCall {
    final List<Progress> progress = new CopyOnWriteArrayList<>();
    final List<Runnable> onCancel = new CopyOnWriteArrayList<>();
    private final ProtocolVersion version;
    private final Set<ClientCapability> capabilities;
    private final InputResponses input;
    private final Deadline deadline;

    private FakeCall(
            ProtocolVersion version, Set<ClientCapability> capabilities, InputResponses input, Deadline deadline) {
        this.version = version;
        this.capabilities = capabilities;
        this.input = input;
        this.deadline = deadline;
    }

    static FakeCall plain() {
        return with(ProtocolVersion.V2026_07_28, Set.of(), InputResponses.none());
    }

    static FakeCall lasting(Duration duration) {
        return new FakeCall(ProtocolVersion.V2026_07_28, Set.of(), InputResponses.none(), Deadline.after(duration));
    }

    static FakeCall with(ProtocolVersion version, Set<ClientCapability> capabilities, InputResponses input) {
        return new FakeCall(version, capabilities, input, Deadline.after(Duration.ofSeconds(45)));
    }

    @Override
    public Caller caller() {
        return new Caller(FakeBrowsers.ANNA, "key", Set.of("moodle:read"));
    }

    @Override
    public Client client() {
        return new Client("test", "1", capabilities);
    }

    @Override
    public ProtocolVersion version() {
        return version;
    }

    @Override
    public InputResponses input() {
        return input;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public void progress(Progress told) {
        progress.add(told);
    }

    @Override
    public void log(LogLevel level, JsonNode data) {}

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        onCancel.add(action);
    }
}
