package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.server.spi.FailureLimit;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.function.Function;

/**
 * Counts keys and tokens that are not good, where it is known whence they come.
 *
 * @param callers the network address that a request comes from; empty when it is not known
 */
public record Failures(FailureLimit limit, Function<ContainerRequestContext, String> callers) {
    /** Counts nothing. */
    public static Failures uncounted() {
        return new Failures(FailureLimit.none(), request -> "");
    }

    Duration count(ContainerRequestContext request) {
        return count(callers.apply(request));
    }

    Duration count(String address) {
        return address.isEmpty() ? Duration.ZERO : limit.count(address);
    }
}
