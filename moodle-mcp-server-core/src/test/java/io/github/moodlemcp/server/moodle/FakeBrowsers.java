package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.SiteState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** A router whose browsers answer as a script says, and which remembers what they were asked. Safe for many threads. */
final class FakeBrowsers implements CommandRouter {
    static final AccountId ANNA = new AccountId("anna");
    static final String SITE = "moodle.example.edu/moodle";

    final List<Command> commands = new CopyOnWriteArrayList<>();
    final List<BridgeId> asked = new CopyOnWriteArrayList<>();
    final List<Deadline> deadlines = new CopyOnWriteArrayList<>();
    final List<CommandId> cancelled = new CopyOnWriteArrayList<>();
    private final List<ConnectedBrowser> connected = new ArrayList<>();
    private final BiFunction<BridgeId, Command, CompletionStage<CommandOutcome>> script;

    FakeBrowsers(BiFunction<BridgeId, Command, CompletionStage<CommandOutcome>> script) {
        this.script = script;
    }

    /** Browsers that answer every command with what this makes of it. */
    static FakeBrowsers answering(Function<Command, CommandOutcome> script) {
        return new FakeBrowsers((bridge, command) -> CompletableFuture.completedFuture(script.apply(command)));
    }

    /** One browser is connected, signed in to {@link #SITE}. */
    FakeBrowsers withLaptop() {
        return with("b-1", "Laptop", signedIn(SITE));
    }

    FakeBrowsers with(String id, String name, SiteState... sites) {
        connected.add(new ConnectedBrowser(
                new BridgeId(ANNA, id),
                name,
                "0.1.0",
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(sites),
                List.of("list_courses", "get_course")));
        return this;
    }

    static SiteState signedIn(String site) {
        return new SiteState(site, "https://" + site, "signed_in", 6L, null);
    }

    static SiteState signedOut(String site) {
        return new SiteState(site, "https://" + site, "signed_out", null, null);
    }

    static CommandOutcome completed(JsonNode result) {
        return new CommandOutcome.Completed(result);
    }

    static CommandOutcome failed(String reason) {
        return new CommandOutcome.Failed(new FailureReason(reason, SITE, null, List.of()), false);
    }

    /** The names of the commands, in order. */
    Stream<String> tools() {
        return commands.stream().map(Command::tool);
    }

    @Override
    public Registration register(BridgeConnection connection) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CommandOutcome> route(
            BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
        asked.add(bridge);
        commands.add(command);
        deadlines.add(deadline);
        return script.apply(bridge, command);
    }

    @Override
    public void cancel(BridgeId bridge, CommandId command) {
        cancelled.add(command);
    }

    @Override
    public void disconnect(BridgeId bridge, CloseReason reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<ConnectedBrowser>> connected(AccountId account) {
        return CompletableFuture.completedFuture(account.equals(ANNA) ? List.copyOf(connected) : List.of());
    }
}
