package io.github.moodlemcp.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider on the loopback address, for tests of a service that lets people sign in by one. It signs
 * with real keys, checks the client, the code, the redirect address and PKCE as a provider does, and shows no pages:
 * whoever comes is the person that the test named, and is sent back at once. Told to, it {@linkplain IssuerLie lies}.
 * Safe for use by many threads.
 */
public final class FakeIssuer implements AutoCloseable {
    static final String FOREIGN_KEYS = "/foreign-keys";

    private final HttpServer server;
    private final ExecutorService threads;
    private final IssuerAnswers answers;
    private final IssuerState state;
    private final URI issuer;
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FakeIssuer(HttpServer server) {
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.issuer = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        this.state = new IssuerState();
        this.answers = new IssuerAnswers(issuer, state, IssuerKeys.generate());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /** An honest issuer on a free port, at which {@code ada@example.org} is signed in. */
    public static FakeIssuer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        FakeIssuer issuer = new FakeIssuer(server);
        server.start();
        return issuer;
    }

    /** The issuer's identifier: an address without a slash at the end. */
    public URI issuer() {
        return issuer;
    }

    /** The name of the only client it knows. */
    public String clientId() {
        return IssuerState.CLIENT_ID;
    }

    /** The secret of that client. */
    public String clientSecret() {
        return state.clientSecret();
    }

    /** Whoever comes from now on is this person. */
    public void person(FakePerson person) {
        state.person(requireNonNull(person, "person"));
    }

    /** Lies from now on in this way. */
    public void lie(IssuerLie lie) {
        state.lie(requireNonNull(lie, "lie"));
    }

    /** Tells the truth again, with all about the person in the ID token. */
    public void tellTheTruth() {
        state.tellTheTruth();
    }

    /** Keeps name and address out of the ID token from now on: only the user info endpoint tells them. */
    public void thinTokens() {
        state.thinTokens();
    }

    /** Every code and token that was given out, to be looked for where they must not be. */
    public List<String> secrets() {
        return state.secrets();
    }

    /** How often a path such as {@code /keys} was asked for. */
    public int asked(String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    /** The queries with which people came to sign in, oldest first. */
    public List<String> signInQueries() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.computeIfAbsent(path, ignored -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            Map<String, String> query = pairs(exchange.getRequestURI().getRawQuery());
            Answer answer = switch (path) {
                case "/.well-known/openid-configuration" -> answers.discovery();
                case "/authorize" -> {
                    requests.add(exchange.getRequestURI().getRawQuery());
                    yield answers.authorize(query);
                }
                case "/token" -> answers.token(new TokenCall(exchange));
                case "/keys" -> answers.keys();
                case FOREIGN_KEYS -> answers.foreignKeys();
                case "/user-info" -> answers.userInfo(authorization(exchange));
                default -> Answer.page(404, "not found");
            };
            answer.send(exchange);
        }
    }

    private static String authorization(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header == null ? "" : header;
    }

    /** What a client sends to the token endpoint. */
    record TokenCall(String method, String authorization, Map<String, String> form) {
        TokenCall(HttpExchange exchange) throws IOException {
            this(
                    exchange.getRequestMethod(),
                    FakeIssuer.authorization(exchange),
                    pairs(new String(exchange.getRequestBody().readNBytes(1 << 16), UTF_8)));
        }
    }

    private static Map<String, String> pairs(@Nullable String encoded) {
        Map<String, String> pairs = new HashMap<>();
        List<String> all = encoded == null ? List.of() : new ArrayList<>(List.of(encoded.split("&")));
        for (String pair : all) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return pairs;
    }
}
