package io.github.moodlemcp.interop.endpoint;

import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Containers;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.server.MoodleMcpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that run in each container, with the servers they start. */
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class EndpointTest {

    /** Long enough for anything, and never waited for. */
    static final Duration LONG = Duration.ofMinutes(1);

    /** So short that nothing is in time. */
    static final Duration SHORT = Duration.ofMillis(20);

    @Parameter
    private Containers container;

    private final List<Endpoint> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Endpoint::close);
    }

    final Endpoint start(MoodleMcpServer.Builder builder) throws IOException {
        Endpoint endpoint = Endpoint.start(container, builder);
        started.add(endpoint);
        return endpoint;
    }

    /** Sends a request and does not wait for its answer. */
    static CompletableFuture<Reply> sending(Endpoint endpoint, Ask ask) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return endpoint.send(ask);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
