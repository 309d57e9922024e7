package io.github.moodlemcp.server.moodle;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.Deadline;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads the pages of a tool for proposals while somebody types. Who asks for what is being read already shares that reading,
 * so that fast typing costs a Moodle no more than slow typing; what was read is not kept. Safe for use by many threads.
 */
final class SharedReads {

    /** The longest a reading takes. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MAX_PAGES = 5;

    private final CommandRouter router;
    private final SecureRandom random;
    private final ConcurrentMap<Reading, CompletableFuture<List<JsonNode>>> underWay = new ConcurrentHashMap<>();

    SharedReads(CommandRouter router, SecureRandom random) {
        this.router = router;
        this.random = random;
    }

    /** What is read where; two equal ones are one reading. */
    record Reading(BridgeId bridge, String site, ToolDefinition tool, ObjectNode arguments) {}

    /** The results of the first pages, as far as they came; it belongs to no caller, so none can cancel it. */
    CompletionStage<List<JsonNode>> pages(Reading reading) {
        CompletableFuture<List<JsonNode>> mine = new CompletableFuture<>();
        CompletableFuture<List<JsonNode>> earlier = underWay.putIfAbsent(reading, mine);
        if (earlier != null) {
            return earlier.copy();
        }
        mine.whenComplete((pages, defect) -> underWay.remove(reading, mine));
        Deadline deadline = Deadline.after(PATIENCE);
        completedFuture(List.<JsonNode>of())
                .thenCompose(none -> readOn(reading, none, 0, deadline))
                .whenComplete((pages, defect) -> {
                    if (defect == null) {
                        mine.complete(pages);
                    } else {
                        mine.completeExceptionally(defect);
                    }
                });
        return mine.completeOnTimeout(List.of(), PATIENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                .copy();
    }

    private CompletionStage<List<JsonNode>> readOn(
            Reading reading, List<JsonNode> read, int offset, Deadline deadline) {
        ObjectNode arguments = reading.arguments().deepCopy().put("offset", offset);
        Command command = new Command(
                CommandId.random(random),
                reading.tool().name(),
                arguments,
                reading.site(),
                reading.tool().sideEffect());
        return router.route(reading.bridge(), command, deadline).thenCompose(outcome -> {
            if (!(outcome instanceof CommandOutcome.Completed(var result))) {
                return completedFuture(read);
            }
            List<JsonNode> pages = new ArrayList<>(read);
            pages.add(result);
            Coverage coverage = Coverage.of(result);
            return coverage.more() && pages.size() < MAX_PAGES
                    ? readOn(reading, pages, coverage.next(), deadline)
                    : completedFuture(List.copyOf(pages));
        });
    }
}
