package io.github.moodlemcp.interop.container;

import java.net.URI;

/** A running server that listens on 127.0.0.1 alone and serves requests on virtual threads, until it is closed. */
public sealed interface Container extends AutoCloseable permits GrizzlyServer, JettyServer {

    /** The port it listens on. */
    int port();

    /** The address it listens on, such as {@code http://127.0.0.1:8080}. */
    default URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Stops listening and ends what is in progress. */
    @Override
    void close();
}
