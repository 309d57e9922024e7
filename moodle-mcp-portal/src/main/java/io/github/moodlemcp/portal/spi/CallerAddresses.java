package io.github.moodlemcp.portal.spi;

import jakarta.ws.rs.container.ContainerRequestContext;

/** Tells where a request came from, which Jakarta REST alone does not. Safe for use by many threads. */
@FunctionalInterface
public interface CallerAddresses {
    /** The network address of the caller, as text; requests of unknown origin all have the same. */
    String of(ContainerRequestContext request);

    /** Knows nobody: all callers share one address. */
    static CallerAddresses unknown() {
        return request -> "unknown";
    }
}
