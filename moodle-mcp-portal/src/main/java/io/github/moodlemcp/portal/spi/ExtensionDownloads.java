package io.github.moodlemcp.portal.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The extension's packages that this service offers. Safe for use by many threads. */
@FunctionalInterface
public interface ExtensionDownloads {
    /** The package for this browser; empty when this service has none. */
    Optional<Archive> find(BrowserFamily family);

    /** A zip file. */
    interface Archive {
        /** Its size. */
        long bytes();

        /** A new stream of its content, which the caller closes. */
        InputStream open() throws IOException;
    }
}
