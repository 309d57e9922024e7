package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.spi.RateLimiter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what callers post, and refuses what is too much with 429. Every POST counts once, an array once for each element,
 * whatever becomes of it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for
 *     HTTP</a>
 */
final class RequestLimit {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String POLICY = "\"default\"";

    private final @Nullable RateLimiter limiter;
    private final JsonRpcCodec codec;

    /** @param limiter null for no limit */
    RequestLimit(@Nullable RateLimiter limiter, JsonRpcCodec codec) {
        this.limiter = limiter;
        this.codec = codec;
    }

    /** Answers what was posted, if the caller may post it now. */
    Response answer(Caller caller, McpBody.Read read, Supplier<Response> answer) {
        if (limiter == null) {
            return answer.get();
        }
        return switch (limiter.admit(caller.account(), size(read))) {
            case RateLimiter.Admitted(var quota) -> withQuota(answer.get(), quota);
            case RateLimiter.Refused(var quota, var retryAfter) ->
                withQuota(refusal(id(read), quota, seconds(retryAfter)), quota);
        };
    }

    private Response refusal(@Nullable RequestId id, RateLimiter.Quota quota, long seconds) {
        String message = "Too many requests: at most " + quota.limit() + " in any "
                + quota.window().toSeconds() + " seconds, over all keys of the account; wait " + seconds + " s";
        Response refused =
                Answers.json(TOO_MANY_REQUESTS, codec.encode(new JsonRpcError(id, TOO_MANY_REQUESTS, message)));
        refused.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, seconds);
        return refused;
    }

    private static Response withQuota(Response response, RateLimiter.Quota quota) {
        response.getHeaders()
                .putSingle(
                        "RateLimit-Policy",
                        POLICY + ";q=" + quota.limit() + ";w=" + quota.window().toSeconds());
        response.getHeaders()
                .putSingle("RateLimit", POLICY + ";r=" + quota.remaining() + ";t=" + seconds(quota.untilMore()));
        return response;
    }

    /** Whole seconds, rounded up, so that who waits as long is not refused again. */
    private static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static int size(McpBody.Read read) {
        return read instanceof McpBody.Read.Body(Decoded.Batch(var elements)) ? Math.max(1, elements.size()) : 1;
    }

    private static @Nullable RequestId id(McpBody.Read read) {
        return read instanceof McpBody.Read.Body(Decoded.Single(JsonRpcRequest request)) ? request.id() : null;
    }
}
