package io.github.moodlemcp.bench.chaos;

import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.util.List;
import java.util.Set;

/**
 * A defect that is put into a copy of the product's source for one run.
 *
 * @param edits what is changed, in one source file after the other
 * @param breaks the rules that must all be found broken, besides others that its consequences break; none without a defect
 */
record PlantedFault(String name, List<Edit> edits, Set<Kind> breaks) {
    PlantedFault {
        edits = List.copyOf(edits);
        breaks = Set.copyOf(breaks);
    }

    PlantedFault(String name, List<Edit> edits, Kind... breaks) {
        this(name, edits, Set.of(breaks));
    }

    /**
     * A change of a source file.
     *
     * @param file its path from the folder of the project
     * @param text what occurs in it exactly once
     * @param replacement what stands there instead
     */
    record Edit(String file, String text, String replacement) {}

    @Override
    public String toString() {
        return name;
    }

    private static final String ROUTER =
            "moodle-mcp-bridge-api/src/main/java/io/github/moodlemcp/bridge/InProcessCommandRouter.java";
    private static final String CORE = "moodle-mcp-server-core/src/main/java/io/github/moodlemcp/server/";
    private static final String PENDING = CORE + "jakarta/PendingCommands.java";
    private static final String RECORDS = CORE + "spi/InMemoryWriteRecords.java";
    private static final String WRITES = CORE + "write/WriteCalls.java";
    private static final String JOURNAL = CORE + "write/JournalReader.java";
    private static final String CONNECTION = CORE + "jakarta/WebSocketBridgeConnection.java";

    /** All that are planted, and none. */
    static List<PlantedFault> all() {
        return List.of(
                new PlantedFault("no fault", List.of()),
                new PlantedFault(
                        "replies are matched by id alone, whatever connection they come on",
                        List.of(
                                new Edit(
                                        CONNECTION,
                                        "        if (pending.end(command, outcome) || pending.hasEnded(command)) {",
                                        """
                                        if (ALL.stream().anyMatch(each -> each.pending.end(command, outcome))
                                                || pending.hasEnded(command)) {
                                """),
                                new Edit(
                                        CONNECTION, "    /** The connection has ended: so have its commands. */", """
                                    private static final java.util.Set<WebSocketBridgeConnection> ALL =
                                            java.util.concurrent.ConcurrentHashMap.newKeySet();

                                    {
                                        ALL.add(this);
                                    }

                                """)),
                        Kind.MISROUTED),
                new PlantedFault(
                        "an old connection's end removes the browser, whatever connection it has now",
                        List.of(new Edit(
                                ROUTER,
                                "held.get(bridge.browser()) != connection",
                                "held.get(bridge.browser()) == null")),
                        Kind.CONNECTED_BUT_NOT_REACHED),
                new PlantedFault(
                        "a connection's end removes all browsers of the account",
                        List.of(new Edit(ROUTER, "changed.remove(bridge.browser());", "changed.clear();")),
                        Kind.CONNECTED_BUT_NOT_REACHED),
                new PlantedFault(
                        "a claim is granted twice",
                        List.of(new Edit(PENDING, "if (entry.claimed) {", "if (entry.outcome.isDone()) {")),
                        Kind.GRANTED_TWICE,
                        Kind.EXECUTED_TWICE),
                new PlantedFault(
                        "a claim is granted after the command's end",
                        List.of(new Edit(
                                PENDING,
                                "return Optional.of(over == null ? \"unknown_command\" : over.refusal);",
                                "return over == null ? Optional.of(\"unknown_command\") : Optional.empty();")),
                        Kind.GRANTED_AFTER_CANCEL),
                new PlantedFault(
                        "a claim is granted to whoever knows the id",
                        List.of(new Edit(
                                PENDING,
                                "return Optional.of(over == null ? \"unknown_command\" : over.refusal);",
                                "return over == null ? Optional.empty() : Optional.of(over.refusal);")),
                        Kind.MISROUTED,
                        Kind.GRANTED_ELSEWHERE,
                        Kind.GRANTED_TWICE,
                        Kind.EXECUTED_TWICE),
                new PlantedFault(
                        "a command goes to a browser of another account",
                        List.of(new Edit(
                                ROUTER,
                                "        return connections.getOrDefault(bridge.account(), Map.of()).get(bridge.browser());",
                                """
                                        return connections.values().stream()
                                                .flatMap(held -> held.values().stream())
                                                .findAny()
                                                .orElse(null);
                                """)),
                        Kind.MISROUTED),
                new PlantedFault(
                        "a command goes to another browser of the account",
                        List.of(new Edit(
                                ROUTER,
                                "        return connections.getOrDefault(bridge.account(), Map.of()).get(bridge.browser());",
                                """
                                        return connections.getOrDefault(bridge.account(), Map.of()).values().stream()
                                                .findAny()
                                                .orElse(null);
                                """)),
                        Kind.MISROUTED),
                new PlantedFault(
                        "a browser's next connection takes over the commands of its last, and their replies",
                        List.of(
                                new Edit(
                                        CONNECTION,
                                        "this.pending = new PendingCommands(maxCommandsInFlight);",
                                        "this.pending = TABLES.computeIfAbsent(bridge, id -> new PendingCommands(1000));"),
                                new Edit(CONNECTION, "        pending.close(CommandOutcome.Disconnected::new);", ""),
                                new Edit(
                                        CONNECTION, "    /** The connection has ended: so have its commands. */", """
                                    private static final java.util.Map<BridgeId, PendingCommands> TABLES =
                                            new java.util.concurrent.ConcurrentHashMap<>();

                                """)),
                        Kind.MISROUTED),
                new PlantedFault(
                        "a lost command that was not claimed is called unclear",
                        List.of(new Edit(
                                PENDING,
                                "left.forEach(entry -> entry.complete(outcome.apply(entry.claimed)));",
                                "left.forEach(entry -> entry.complete(outcome.apply(true)));")),
                        Kind.UNKNOWN_WITHOUT_CLAIM),
                new PlantedFault(
                        "a lost command that was claimed is called not delivered",
                        List.of(new Edit(
                                PENDING,
                                "left.forEach(entry -> entry.complete(outcome.apply(entry.claimed)));",
                                "left.forEach(entry -> entry.complete(outcome.apply(false)));")),
                        Kind.NOT_DELIVERED_AFTER_CLAIM,
                        Kind.NOT_DELIVERED_BUT_EXECUTED),
                new PlantedFault(
                        "a request key does not keep its write from being repeated",
                        List.of(
                                new Edit(RECORDS, "if (earlier != null) {", "if (earlier == fresh) {"),
                                new Edit(
                                        RECORDS,
                                        "return Optional.ofNullable(current(name));",
                                        "return Optional.empty();")),
                        Kind.EXECUTED_TWICE),
                new PlantedFault(
                        "two calls with the same request key at the same time both run",
                        List.of(
                                new Edit(RECORDS, "if (earlier != null) {", "if (earlier == fresh) {"),
                                new Edit(RECORDS, "        WriteRecord earlier = current(fresh.name());", """
                                        // As slow as a database: else the two seldom meet.
                                        try {
                                            wait(30);
                                        } catch (InterruptedException e) {
                                            throw new IllegalStateException(e);
                                        }
                                        WriteRecord earlier = current(fresh.name());
                                """)),
                        Kind.EXECUTED_TWICE),
                new PlantedFault(
                        "a request key stands for other arguments too",
                        List.of(new Edit(
                                WRITES,
                                "if (!record.argumentsHash().equals(request.argumentsHash())) {",
                                "if (record.argumentsHash().isEmpty()) {")),
                        Kind.DONE_BUT_NOT_EXECUTED),
                new PlantedFault(
                        "the journal is ignored",
                        List.of(new Edit(
                                JOURNAL, "new ArrayList<>(records.open(bridge))", "new ArrayList<WriteRecord>()")),
                        Kind.UNKNOWN_AGAINST_JOURNAL),
                new PlantedFault(
                        "what the journal says was done is called not delivered",
                        List.of(new Edit(
                                JOURNAL,
                                "case \"done\" -> records.change(command, State.OPEN, State.DONE);",
                                "case \"done\" -> records.free(command, State.OPEN);")),
                        Kind.NOT_DELIVERED_BUT_EXECUTED));
    }
}
