package io.github.moodlemcp.portal.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks providers for JSON, with an end to everything: time for the whole answer, size, no redirects, no compression.
 * Safe for use by many threads.
 */
final class ProviderHttp {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int OK = 200;

    private final HttpClient client;
    private final Duration limit;

    /** @param limit how long a provider may take for its whole answer */
    ProviderHttp(Duration limit) {
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
    }

    /** What came back, of any status. */
    record Answer(int status, String mediaType, String body) {
        /** The body, which must be JSON that answers the request. */
        String json() throws SignInException {
            if (status != OK || !isJson()) {
                throw status >= 500
                        ? SignInException.unreachable("status_" + status)
                        : SignInException.unusable("no_json");
            }
            return body;
        }

        boolean isJson() {
            return mediaType.equals("application/json") || mediaType.endsWith("+json");
        }

        /** Without the body. */
        @Override
        public String toString() {
            return "Answer[status=" + status + "]";
        }
    }

    Answer get(URI address) throws SignInException {
        return send(request(address).GET());
    }

    /** Shows this access token. */
    Answer getAs(URI address, String accessToken) throws SignInException {
        return send(request(address)
                .header("Authorization", "Bearer " + accessToken)
                .GET());
    }

    /** @param authorization the value of the header; empty for none */
    Answer post(URI address, String authorization, String form) throws SignInException {
        HttpRequest.Builder request = request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(limit).header("Accept", "application/json");
    }

    private Answer send(HttpRequest.Builder builder) throws SignInException {
        CompletableFuture<HttpResponse<InputStream>> head =
                client.sendAsync(builder.build(), BodyHandlers.ofInputStream());
        CompletableFuture<Answer> whole = head.thenApplyAsync(ProviderHttp::read, Thread::startVirtualThread);
        try {
            return whole.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw SignInException.unreachable("timed_out");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TooMuch
                    ? SignInException.unusable("answer_too_large")
                    : SignInException.unreachable("no_connection");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInException.unreachable("interrupted");
        } finally {
            whole.cancel(true);
            head.cancel(true);
            head.thenAccept(ProviderHttp::drop);
        }
    }

    private static Answer read(HttpResponse<InputStream> response) {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            drop(response);
            return new Answer(response.statusCode(), "", "");
        }
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TooMuch();
            }
            return new Answer(response.statusCode(), mediaType(response), new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mediaType(HttpResponse<?> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** Ends the connection of an answer that nobody reads on. */
    private static void drop(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("more than " + MAX_BYTES + " bytes", null, false, false);
        }
    }
}
