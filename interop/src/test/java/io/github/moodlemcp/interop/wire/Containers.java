package io.github.moodlemcp.interop.wire;

import io.github.moodlemcp.interop.container.Container;
import io.github.moodlemcp.interop.container.GrizzlyServer;
import io.github.moodlemcp.interop.container.JettyServer;
import java.io.IOException;
import java.util.Set;

/** The containers to run in, one at a time. */
public enum Containers {
    GRIZZLY {
        @Override
        Container start(Set<Object> restComponents) throws IOException {
            return GrizzlyServer.start(0, restComponents);
        }
    },
    JETTY {
        @Override
        Container start(Set<Object> restComponents) throws IOException {
            return JettyServer.start(0, restComponents);
        }
    };

    abstract Container start(Set<Object> restComponents) throws IOException;
}
