package io.github.moodlemcp.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections without an introduction, against the caps that a service has unless it is told otherwise. */
class HostileFloodTest extends HostileScenario {
    private static final int OF_ADDRESS = 50;
    private static final int OF_NODE = 2000;
    private static final int HELLO_SECONDS = 300;
    private static final int REFUSED = 1013;
    private static final String PROXY = "127.0.0.200";

    @BeforeAll
    static void startWithTheRealCaps() throws IOException {
        service.close();
        service = new HostileProcess(OF_NODE, OF_ADDRESS, HELLO_SECONDS, PROXY);
    }

    @Test
    void anAddressHasFiftyAndTheNodeTwoThousandAndThoseWhoAreWelcomeNoticeNothing() throws IOException {
        List<HostileSocket> first = fill(address(2), "");
        assertThat(closeCode(address(2), "")).isEqualTo(REFUSED);
        assertThat(first).allSatisfy(HostileFloodTest::introduce);
        fill(address(2), "");

        InetAddress proxy = InetAddress.getByName(PROXY);
        fill(proxy, "203.0.113.7");
        assertThat(closeCode(proxy, "203.0.113.7")).isEqualTo(REFUSED);
        fill(proxy, "203.0.113.8");
        // Whoever is no proxy is counted by where it comes from, whatever it says.
        fill(address(3), "203.0.113.9");
        assertThat(closeCode(address(3), "203.0.113.10")).isEqualTo(REFUSED);
        assertBensCallsSucceed();

        for (int number = 4; held.size() < OF_NODE + OF_ADDRESS; number++) {
            fill(address(number), "");
        }
        assertThat(closeCode(address(100), "")).isEqualTo(REFUSED);
        assertBensCallsSucceed();

        held.removeLast().close();
        await().ignoreExceptions().until(() -> {
            try (HostileSocket next = HostileSocket.openFrom(address(100), "", service.port(), "account-late")) {
                introduce(next);
                return true;
            }
        });
    }

    /** As many as the address may have. */
    private List<HostileSocket> fill(InetAddress from, String forwardedFor) throws IOException {
        List<HostileSocket> opened = many(
                        OF_ADDRESS,
                        i -> HostileSocket.openFrom(from, forwardedFor, service.port(), "account-flood-" + i))
                .stream()
                .map(CompletableFuture::join)
                .toList();
        held.addAll(opened);
        for (HostileSocket socket : opened) {
            assertThat(socket.answersPing()).isTrue();
        }
        return opened;
    }

    private static void introduce(HostileSocket socket) throws IOException {
        socket.sendText(HostileSocket.hello());
        assertThat(socket.readFrame()).isEqualTo(HostileSocket.FIN | HostileSocket.TEXT);
    }

    private static int closeCode(InetAddress from, String forwardedFor) throws IOException {
        try (HostileSocket socket = HostileSocket.openFrom(from, forwardedFor, service.port(), "account-flood")) {
            return socket.closeCode();
        }
    }

    private static InetAddress address(int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    }
}
