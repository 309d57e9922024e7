package io.github.moodlemcp.portal.spi;

import jakarta.ws.rs.container.ContainerRequestContext;

/** Tells where a request came from, which Jakarta REST alone does not. Safe for use by many threads. */
@FunctionalInterface
public interface CallerAddresses {
    /** Stands for every address that is not known. */
    String UNKNOWN = "unknown";

    /** The network address of the caller, as text; {@link #UNKNOWN} if it is not known. */
    String of(ContainerRequestContext request);

    /** Knows nobody: all callers share one address. */
    static CallerAddresses unknown() {
        return request -> UNKNOWN;
    }
}
