package io.github.moodlemcp.portal.provider;

import io.github.moodlemcp.portal.web.PublicAddress;
import java.net.URI;

/** How providers are reached. */
enum Transport {
    /** Encrypted, always. */
    HTTPS,
    /** Encrypted, or to this very machine: for a service that serves this machine only. */
    HTTPS_OR_LOOPBACK;

    boolean allows(URI address) {
        if ("https".equals(address.getScheme())) {
            return true;
        }
        return switch (this) {
            case HTTPS -> false;
            case HTTPS_OR_LOOPBACK -> "http".equals(address.getScheme()) && PublicAddress.isLoopback(address);
        };
    }
}
