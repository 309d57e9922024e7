package io.github.moodlemcp.distribution.hostile;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.distribution.config.AddressRange;
import io.github.moodlemcp.distribution.web.ClientAddresses;
import io.github.moodlemcp.distribution.web.GrizzlyDepartures;
import io.github.moodlemcp.distribution.web.WebServer;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The listener and the server of the service, without its portal and its database. It prints its port, then the bytes of its
 * heap that are in use for each line it reads, and ends with its input.
 */
final class HostileService {
    static final String EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
    static final int HELLO_SECONDS = 3;
    static final String NO_PROXY = "";
    static final Duration SILENCE = Duration.ofSeconds(5);
    static final Duration DEADLINE = Duration.ofSeconds(7);
    static final int ACCOUNT_BYTES = 4 << 20;

    /** A tool whose arguments may be long. */
    private static final String TOOL = """
            {"name": "repeat_text", "title": "Repeat", "description": "Repeats a text.", "sideEffect": "read",
             "toolset": "student", "scope": "moodle:read",
             "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}},
             "annotations": {"readOnlyHint": true}}
            """;

    private HostileService() {}

    /**
     * @param args how many connections may not be welcomed yet, how many of one address, how many seconds without an
     *     introduction, and the addresses of proxies or nothing
     */
    public static void main(String[] args) throws IOException {
        ServerOptions options = ServerOptions.builder(URI.create("http://127.0.0.1"))
                .extensionIds(Set.of(EXTENSION_ID))
                .helloTimeout(Duration.ofSeconds(Long.parseLong(args[2])))
                .silenceTimeout(SILENCE)
                .requestDeadline(DEADLINE)
                .answerWait(DEADLINE)
                .maxBytesInFlightPerAccount(ACCOUNT_BYTES)
                .maxStrangers(Integer.parseInt(args[0]))
                .maxStrangersPerAddress(Integer.parseInt(args[1]))
                .build();
        MoodleMcpServer server = MoodleMcpServer.builder(options)
                .callerTokens(accounts())
                .extensionTokens(accounts())
                .clientDepartures(new GrizzlyDepartures())
                .remoteAddress(new ClientAddresses(proxies(args[3])))
                .browserTool(TOOL)
                .build();
        WebServer web = WebServer.start(
                "127.0.0.1",
                0,
                server.restComponents(),
                server.endpoint(),
                options.maxFrameBytes(),
                server::unseenFrame);
        System.out.println(web.port());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(heapInUse());
        }
        System.exit(0);
    }

    private static List<AddressRange> proxies(String range) {
        return range.equals(NO_PROXY) ? List.of() : List.of(AddressRange.parse(range));
    }

    /** Whose token begins with {@code account-} is that account. */
    private static TokenVerifier accounts() {
        return token -> token.startsWith("account-") && token.length() < 100
                ? new TokenVerification.Verified(
                        new Caller(new AccountId(token), token, Set.of("bridge", "moodle:read", "moodle:write")))
                : new TokenVerification.Rejected();
    }

    private static long heapInUse() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
