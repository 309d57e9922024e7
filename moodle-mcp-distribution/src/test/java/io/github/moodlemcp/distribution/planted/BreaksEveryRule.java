package io.github.moodlemcp.distribution.planted;

import io.github.moodlemcp.distribution.plantedtoo.PartOfACycle;
import io.github.moodlemcp.testkit.portal.ApiKeyStoreContract;
import jakarta.websocket.Endpoint;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Liquibase;
import org.glassfish.grizzly.http.server.HttpServer;
import org.jooq.DSLContext;
import picocli.CommandLine;

/** One offence for each rule that a class of the distribution can break. */
public final class BreaksEveryRule {
    static final AtomicInteger COUNTER = new AtomicInteger();
    static int last = 0;

    private final ThreadLocal<String> current = new ThreadLocal<>();

    void use(DSLContext database, Liquibase schema, HttpServer server, Response response, Endpoint endpoint) {
        last = List.of(current, database, schema, server, response, endpoint).size();
    }

    void use(CommandLine command, ApiKeyStoreContract contract, PartOfACycle part) {
        last = List.of(command, contract, part).size();
    }
}
