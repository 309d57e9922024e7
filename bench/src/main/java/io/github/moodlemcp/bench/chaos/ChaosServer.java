package io.github.moodlemcp.bench.chaos;

import io.github.moodlemcp.distribution.web.GrizzlyDepartures;
import io.github.moodlemcp.distribution.web.WebServer;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.testkit.chaos.ChaosTarget;
import io.github.moodlemcp.testkit.chaos.ChaosTarget.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The service without its database: the server and the listener of the product, with many accounts, short deadlines, and
 * limits on frames that hostile extensions do not reach.
 */
public final class ChaosServer {
    static final String EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
    static final Duration REQUEST_DEADLINE = Duration.ofSeconds(3);
    private static final Duration APPROVAL_WAIT = Duration.ofSeconds(1);
    private static final Duration APPROVAL_TIME = Duration.ofSeconds(20);

    static final String LISTENING = "listening on ";

    private static final int FRAMES_PER_MINUTE = 10_000;

    private ChaosServer() {}

    /**
     * Serves until its input ends, so that it never outlives the process that started it.
     *
     * @param args how many accounts there are
     * @throws IOException when no port can be bound
     */
    public static void main(String[] args) throws IOException {
        List<Member> members = ChaosMembers.of(Integer.parseInt(args[0]));
        int port = freePort();
        ServerOptions options = ServerOptions.builder(URI.create("http://127.0.0.1:" + port))
                .extensionIds(Set.of(EXTENSION_ID))
                .requestDeadline(REQUEST_DEADLINE)
                .approvalWait(APPROVAL_WAIT)
                .approvalTime(APPROVAL_TIME)
                .framesPerMinute(FRAMES_PER_MINUTE)
                .build();
        try (MoodleMcpServer server = MoodleMcpServer.builder(options)
                        .callerTokens(ChaosMembers.verifier(members, Member::callerKey))
                        .extensionTokens(ChaosMembers.verifier(members, Member::extensionToken))
                        .clientDepartures(new GrizzlyDepartures())
                        .browserTool(ChaosTarget.READ_TOOL)
                        .browserTool(ChaosTarget.WRITE_TOOL)
                        .build();
                WebServer web = WebServer.start(
                        "127.0.0.1",
                        port,
                        server.restComponents(),
                        server.endpoint(),
                        options.maxFrameBytes(),
                        server::unseenFrame)) {
            System.out.println(LISTENING + web.port());
            while (System.in.read() >= 0) {
                // Only the end counts.
            }
        }
    }

    /** The public URL needs the port before the listener has one. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
