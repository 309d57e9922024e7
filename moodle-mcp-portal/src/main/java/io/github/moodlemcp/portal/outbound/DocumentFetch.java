package io.github.moodlemcp.portal.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches JSON over https from a host that a stranger named. The host is looked up once, all its addresses must be
 * permitted, and the connection goes to the first of them, so that a second look-up cannot lead elsewhere. No redirects, no
 * compression, no proxy, no cookies; an end to time and size. Safe for use by many threads.
 */
public final class DocumentFetch {
    private static final int HTTPS = 443;
    private static final int OK = 200;
    private static final int MAX_BYTES = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age=\"?(\\d{1,9})\"?(?=$|[,\\s])");
    private static final Pattern NOT_KEPT = Pattern.compile("(?i)(?:^|[,\\s])no-(?:store|cache)(?=$|[,\\s=])");

    private final HostLookup lookup;
    private final AddressRule rule;
    private final SSLSocketFactory tls;
    private final int port;
    private final Duration limit;

    /**
     * @param port where hosts are asked
     * @param limit how long an answer may take, from the look-up to its last byte
     */
    public DocumentFetch(HostLookup lookup, AddressRule rule, SSLSocketFactory tls, int port, Duration limit) {
        this.lookup = lookup;
        this.rule = rule;
        this.tls = tls;
        this.port = port;
        this.limit = limit;
    }

    /** From public hosts, at port 443, within 5 seconds, at most 64 KiB. */
    public static DocumentFetch fromPublicHosts() {
        return new DocumentFetch(
                HostLookup.system(),
                AddressRule.publicOnly(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                HTTPS,
                LIMIT);
    }

    /**
     * What was fetched.
     *
     * @param text the body
     * @param maxAge how long it may be kept by its own word; null when it says nothing of that
     */
    public record Fetched(String text, @Nullable Duration maxAge) {}

    /**
     * The document at this address.
     *
     * @param address https, with a host and without a port
     * @throws FetchException if it cannot be had by these rules
     */
    public Fetched get(URI address) throws FetchException {
        try (PinnedSockets sockets = new PinnedSockets(tls, port)) {
            return CompletableFuture.supplyAsync(() -> fetched(address, sockets), Thread::startVirtualThread)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FetchException("timed_out");
        } catch (ExecutionException e) {
            throw new FetchException(e.getCause() instanceof Refused refused ? refused.reason : "no_connection");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException("interrupted");
        }
    }

    private Fetched fetched(URI address, PinnedSockets sockets) {
        try {
            sockets.leadTo(permitted(address.getHost()));
            HttpsURLConnection connection = (HttpsURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setSSLSocketFactory(sockets);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("User-Agent", "moodle-mcp");
            connection.setRequestProperty("Connection", "close");
            return read(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address to connect to: the first, if all of them are permitted. */
    private InetAddress permitted(String host) {
        try {
            List<InetAddress> addresses = lookup.addresses(host);
            if (!addresses.stream().allMatch(rule::permits)) {
                throw new Refused("address_not_public");
            }
            return addresses.getFirst();
        } catch (UnknownHostException e) {
            throw new Refused("unknown_host");
        }
    }

    private static Fetched read(HttpsURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status != OK) {
            throw new Refused("status_" + status);
        }
        String type = field(connection, "Content-Type").replaceFirst(";.*", "").strip();
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            throw new Refused("no_json");
        }
        if (!field(connection, "Content-Encoding").matches("|identity")) {
            throw new Refused("compressed");
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Refused("too_large");
            }
            return new Fetched(new String(bytes, StandardCharsets.UTF_8), maxAge(field(connection, "Cache-Control")));
        }
    }

    private static @Nullable Duration maxAge(String cacheControl) {
        if (NOT_KEPT.matcher(cacheControl).find()) {
            return Duration.ZERO;
        }
        Matcher maxAge = MAX_AGE.matcher(cacheControl);
        return maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : null;
    }

    private static String field(HttpsURLConnection connection, String name) {
        String value = connection.getHeaderField(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }

    /** Carries the reason out of the other thread. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
