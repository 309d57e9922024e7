package io.github.moodlemcp.testkit.http;

import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.testkit.http.LateExchange.Step;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Waits, then decides between one JSON answer and an event stream: the way the MCP endpoint answers. */
@Path("/late")
public final class LateResource {
    private final ClientDepartures departures;
    private final Map<String, LateExchange> exchanges = new ConcurrentHashMap<>();

    LateResource(ClientDepartures departures) {
        this.departures = departures;
    }

    /** The exchange of the request with this name, which may not have come yet. */
    LateExchange exchange(String name) {
        return exchanges.computeIfAbsent(name, unused -> new LateExchange());
    }

    /** Blocks its thread until the test says what to answer. */
    @POST
    @Path("{name}")
    public Response post(@PathParam("name") String name, String body, @Context SecurityContext security) {
        LateExchange exchange = exchange(name);
        ContainerRequestContext request = ((LateRequests.Asking) security.getUserPrincipal()).request();
        ClientDepartures.Watch watch = departures.watch(request, () -> exchange.gone.complete(null));
        exchange.arrived.complete(body);
        return switch (exchange.take()) {
            case Step.Json(var text) -> {
                watch.close();
                yield json(exchange, text.getBytes(StandardCharsets.UTF_8));
            }
            case Step.Event first -> events(exchange, first, watch);
            case Step.End() -> throw new IllegalStateException("An answer must begin before it ends");
        };
    }

    private static Response json(LateExchange exchange, byte[] bytes) {
        StreamingOutput body = output -> unlessGone(exchange, () -> output.write(bytes));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
                .build();
    }

    private static Response events(LateExchange exchange, Step.Event first, ClientDepartures.Watch watch) {
        StreamingOutput body = output -> {
            try (watch) {
                unlessGone(exchange, () -> write(exchange, first, output));
            }
        };
        return Response.ok(body, MediaType.SERVER_SENT_EVENTS_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static void write(LateExchange exchange, Step.Event first, OutputStream output) throws IOException {
        for (Step step = first; step instanceof Step.Event(var text); step = exchange.take()) {
            output.write((text + "\n\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
        }
    }

    /** Keeps a failure to write from the container, which would log it as one of its own. */
    private static void unlessGone(LateExchange exchange, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            exchange.writeFailed.complete(e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
