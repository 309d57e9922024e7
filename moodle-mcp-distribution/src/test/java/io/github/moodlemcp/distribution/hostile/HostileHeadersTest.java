package io.github.moodlemcp.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request heads that are too many, too long, or made to keep a parser busy. */
class HostileHeadersTest extends HostileScenario {
    private static final String HOST = "Host: 127.0.0.1\r\n";
    private static final String JSON = "Content-Type: application/json\r\nContent-Length: 2\r\n";

    @Test
    void tooManyHeadersAreRefused() throws IOException {
        String headers = IntStream.range(0, 200)
                .mapToObj(i -> "X-Header-" + i + ": x\r\n")
                .collect(Collectors.joining());

        assertThat(statusOf("POST /mcp HTTP/1.1\r\n" + HOST + headers + "\r\n")).isEqualTo(400);
        assertBensCallsSucceed();
    }

    @Test
    void aHeaderThatIsTooLongIsRefused() throws IOException {
        assertThat(statusOf("POST /mcp HTTP/1.1\r\n" + HOST + "X-Long: " + "x".repeat(64 << 10) + "\r\n\r\n"))
                .isBetween(400, 499);
        assertBensCallsSucceed();
    }

    @Test
    void aQueryThatIsTooLongIsRefused() throws IOException {
        assertThat(statusOf("GET /health?q=" + "x".repeat(10 << 10) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .isBetween(400, 499);
        assertBensCallsSucceed();
    }

    /** Repetitions that a pattern with nested quantifiers would try in every way. */
    @ParameterizedTest
    @CsvSource({
        "Authorization, 'Bearer ', a.",
        "Authorization, '', 'Bearer '",
        "Accept, '', 'text/*;q=0.5,'",
        "Accept-Language, '', 'de-de-de;q=1,'",
        "Origin, 'https://', a.a-",
        "Mcp-Session-Id, '', '!~'",
        "Mcp-Protocol-Version, '', 2025-",
        "X-Forwarded-For, '', '1.1.1.1, '",
        "Forwarded, '', 'for=\"[::1]\";'",
        "Cookie, '', 'a=\"\\;'"
    })
    void repetitionsKeepNobodyBusy(String name, String beginning, String repeated) throws IOException {
        String header = name + ": " + beginning + repeated.repeat(4000 / repeated.length()) + "!\r\n";

        assertThat(statusOf("POST /mcp HTTP/1.1\r\n" + HOST + header + JSON + "\r\n{}"))
                .isBetween(400, 499);
        assertBensCallsSucceed();
    }

    private static int statusOf(String request) throws IOException {
        try (HttpSocket socket = new HttpSocket(service.port())) {
            socket.send(request);
            return socket.readHead().status();
        }
    }
}
