package io.github.moodlemcp.bench;

import io.github.moodlemcp.testkit.load.LoadCounts;
import io.github.moodlemcp.testkit.load.LoadExtensions;
import io.github.moodlemcp.testkit.load.LoadScript;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Extensions that answer every command with a list of courses; tells ten times a second how many are connected. */
public final class Extensions {
    private static final int MILLIS_BETWEEN_LINES = 100;

    private Extensions() {}

    /**
     * Runs until the process is ended.
     *
     * @param args the address of the WebSocket, the number of the first account, how many accounts, the connects per second,
     *     and how many courses a list has
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        int first = Integer.parseInt(args[1]);
        int count = Integer.parseInt(args[2]);
        LoadExtensions extensions = LoadExtensions.builder(
                        URI.create(args[0]), "chrome-extension://" + BridgeServer.EXTENSION)
                .connectsPerSecond(Integer.parseInt(args[3]))
                .script(LoadScript.replying(Replies.result(Integer.parseInt(args[4]))))
                .build();
        for (int account = first; account < first + count; account++) {
            extensions.add(Accounts.key(account), "Load");
        }
        while (true) {
            System.out.println(line(extensions.counts()));
            Thread.sleep(MILLIS_BETWEEN_LINES);
        }
    }

    private static String line(LoadCounts counts) {
        String closed = counts.closed().entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", "));
        Map<String, Object> members = Map.of(
                "at", System.currentTimeMillis(),
                "connected", counts.connected(),
                "welcomes", counts.welcomes(),
                "heartbeats", counts.heartbeats(),
                "commands", counts.commands());
        String numbers = members.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "\"%s\": %s", entry.getKey(), entry.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
        return "{" + numbers + ", \"closed\": {" + closed + "}}";
    }
}
