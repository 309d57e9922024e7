package io.github.moodlemcp.portal.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.github.moodlemcp.portal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger can make the service do by naming an address; the hosts are our own, on the loopback address. */
@TestInstance(Lifecycle.PER_CLASS)
class DocumentFetchTest {
    private static final URI ADDRESS = URI.create("https://" + DocumentHost.NAME + "/a");
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final DocumentHost host = new DocumentHost();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterAll
    void stop() {
        over.countDown();
        host.close();
    }

    @Test
    void aDocumentIsFetchedWithTheNameOfItsHost() throws FetchException {
        host.handle("/a", exchange -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("GET");
            assertThat(exchange.getRequestHeaders().getFirst("Host")).isEqualTo(DocumentHost.NAME);
            assertThat(exchange.getRequestHeaders().getFirst("Accept")).isEqualTo("application/json");
            assertThat(exchange.getRequestHeaders())
                    .doesNotContainKeys("Cookie", "Authorization", "Referer", "Accept-encoding");
            answer(exchange, 200, Map.of("Content-Type", "application/json; charset=utf-8"), "{\"a\":\"\u00e4\"}");
        });

        assertThat(host.fetch().get(ADDRESS)).isEqualTo(new DocumentFetch.Fetched("{\"a\":\"\u00e4\"}", null));
    }

    @Test
    void aDocumentInPiecesIsFetchedToo() throws FetchException {
        host.handle("/a", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/cimd+json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(host.fetch().get(ADDRESS).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | PT1M",
                "public, max-age=86400, immutable | PT24H",
                "MAX-AGE=\"7\" | PT7S",
                "no-store | PT0S",
                "private, no-cache | PT0S",
                "no-store, max-age=60 | PT0S",
                "max-age=x | ",
                "max-age=99999999999999 | ",
                "s-maxage=60 | ",
                "public | "
            })
    void itsOwnWordSaysHowLongItMayBeKept(String cacheControl, Duration maxAge) throws FetchException {
        host.publish("/a", "{}", "Cache-Control", cacheControl);

        assertThat(host.fetch().get(ADDRESS).maxAge()).isEqualTo(maxAge);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 407, 410, 429, 500, 503})
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void onlyAnAnswerOf200CountsAndNoRedirectIsFollowed(int status) {
        AtomicInteger followed = new AtomicInteger();
        host.handle("/elsewhere", exchange -> {
            followed.incrementAndGet();
            answer(exchange, 200, Map.of("Content-Type", "application/json"), "{}");
        });
        host.handle(
                "/a",
                exchange -> answer(
                        exchange,
                        status,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Location",
                                "/elsewhere",
                                "WWW-Authenticate",
                                "Basic realm=\"a\""),
                        status == 204 ? "" : "{}"));

        assertThat(reason(host.fetch())).isEqualTo("status_" + status);
        assertThat(followed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "application/octet-stream", "application/jsonp", "json", ""})
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void onlyJsonCounts(String type) {
        host.handle(
                "/a",
                exchange -> answer(exchange, 200, type.isEmpty() ? Map.of() : Map.of("Content-Type", type), "{}"));

        assertThat(reason(host.fetch())).isEqualTo("no_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip"})
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void nothingIsUnpacked(String encoding) {
        host.publish("/a", "{}", "Content-Encoding", encoding);

        assertThat(reason(host.fetch())).isEqualTo("compressed");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void anEndlessAnswerIsCutOff() {
        host.handle("/a", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
            for (long sent = 0; sent < 10_000_000_000L; sent += spaces.length) {
                out.write(spaces);
            }
        });

        assertThat(reason(host.fetch())).isEqualTo("too_large");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void aPromisedSizeIsNotBelieved() {
        host.handle("/a", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 10_000_000_000L);
            exchange.getResponseBody().write(" ".repeat(70_000).getBytes(StandardCharsets.UTF_8));
            await();
        });

        assertThat(reason(host.fetch())).isEqualTo("too_large");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void anAnswerThatComesInDripsIsGivenUp() {
        host.handle("/a", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            while (!isOver(20)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });

        assertThat(reason(host.fetch(loopback(), any -> true, SHORT))).isEqualTo("timed_out");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void anAnswerThatNeverComesIsGivenUp() {
        host.handle("/a", exchange -> await());

        assertThat(reason(host.fetch(loopback(), any -> true, SHORT))).isEqualTo("timed_out");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void aHostThatNeverGreetsIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            DocumentFetch fetch =
                    new DocumentFetch(loopback(), any -> true, host.trusting(), silent.getLocalPort(), SHORT);

            assertThat(reason(fetch)).isEqualTo("timed_out");
        }
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void aLookUpThatHangsIsGivenUp() {
        HostLookup hanging = name -> {
            await();
            return List.of(InetAddress.getLoopbackAddress());
        };

        assertThat(reason(host.fetch(hanging, any -> true, SHORT))).isEqualTo("timed_out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.7",
                "169.254.169.254",
                "100.64.0.1",
                "192.168.1.1",
                "::1",
                "fd00:ec2::254",
                "fe80::1",
                "64:ff9b::7f00:1",
                "::ffff:127.0.0.1",
                "0.0.0.0"
            })
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void noHostIsAskedWhoseAddressIsNotPublic(String address) {
        AtomicInteger asked = new AtomicInteger();
        host.handle("/a", exchange -> asked.incrementAndGet());
        HostLookup lookup = name -> List.of(InetAddress.getByName(address));

        assertThat(reason(host.fetch(lookup, AddressRule.publicOnly(), LONG))).isEqualTo("address_not_public");
        assertThat(asked).hasValue(0);
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void oneAddressThatIsNotPublicIsEnoughToRefuseTheHost() {
        HostLookup mixed = name -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
        HostLookup mixedToo = name -> List.of(InetAddress.getByName("10.0.0.1"), InetAddress.getByName("8.8.8.8"));

        assertThat(reason(host.fetch(mixed, AddressRule.publicOnly(), LONG))).isEqualTo("address_not_public");
        assertThat(reason(host.fetch(mixedToo, AddressRule.publicOnly(), LONG))).isEqualTo("address_not_public");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void theHostIsLookedUpOnceSoThatItCannotChangeItsMindAfterTheCheck() throws FetchException {
        host.publish("/a", "{}");
        AtomicInteger lookUps = new AtomicInteger();
        AtomicInteger checks = new AtomicInteger();
        HostLookup rebinding = name -> lookUps.incrementAndGet() == 1
                ? List.of(InetAddress.getLoopbackAddress())
                : List.of(InetAddress.getByName("127.0.0.66"));

        DocumentFetch fetch = host.fetch(
                rebinding,
                address -> {
                    checks.incrementAndGet();
                    return address.equals(InetAddress.getLoopbackAddress());
                },
                LONG);

        assertThat(fetch.get(ADDRESS).text()).isEqualTo("{}");
        assertThat(lookUps).hasValue(1);
        assertThat(checks).hasValue(1);
    }

    @Test
    void aHostWithoutAnAddressIsNotAsked() {
        HostLookup none = name -> {
            throw new UnknownHostException(name);
        };

        assertThat(reason(host.fetch(none, any -> true, LONG))).isEqualTo("unknown_host");
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void theCertificateMustBeForTheNameAndTrusted() {
        host.publish("/a", "{}");
        DocumentFetch anyName = host.fetch(loopback(), any -> true, LONG);
        DocumentFetch distrusting = new DocumentFetch(
                loopback(), any -> true, (SSLSocketFactory) SSLSocketFactory.getDefault(), host.port(), LONG);

        assertThat(reason(anyName, URI.create("https://another.example/a"))).isEqualTo("no_connection");
        assertThat(reason(distrusting)).isEqualTo("no_connection");
        assertThat(reason(anyName)).isEqualTo("none");
    }

    @Test
    void aClosedPortIsNoConnection() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(reason(new DocumentFetch(loopback(), any -> true, host.trusting(), port, LONG)))
                .isEqualTo("no_connection");
    }

    @Test
    void socketsLeadToTheCheckedAddressAloneAndToNoneBefore() throws IOException {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                PinnedSockets sockets = new PinnedSockets(host.trusting(), target.getLocalPort())) {
            assertThat(catchThrowableOfType(IOException.class, sockets::createSocket))
                    .isNotNull();
            sockets.leadTo(InetAddress.getLoopbackAddress());
            SocketAddress elsewhere = new InetSocketAddress("127.0.0.66", 9);
            try (var socket = sockets.createSocket()) {
                socket.connect(elsewhere);
                assertThat(socket.getRemoteSocketAddress()).isEqualTo(target.getLocalSocketAddress());
            }
            assertThat(catchThrowableOfType(IOException.class, () -> sockets.createSocket("localhost", 443)))
                    .isNotNull();
        }
    }

    private static HostLookup loopback() {
        return name -> List.of(InetAddress.getLoopbackAddress());
    }

    private static String reason(DocumentFetch fetch) {
        return reason(fetch, ADDRESS);
    }

    private static String reason(DocumentFetch fetch, URI address) {
        try {
            fetch.get(address);
            return "none";
        } catch (FetchException e) {
            return e.reason();
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void await() {
        isOver(60_000);
    }

    private boolean isOver(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
