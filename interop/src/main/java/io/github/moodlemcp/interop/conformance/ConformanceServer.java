package io.github.moodlemcp.interop.conformance;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.interop.container.Container;
import io.github.moodlemcp.interop.container.GrizzlyServer;
import io.github.moodlemcp.interop.container.JettyServer;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.spi.TaskStore;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Serves the fixtures of the conformance suite on a free port of 127.0.0.1, until the process is ended: {@code
 * ConformanceServer grizzly|jetty KEY}. When it listens it prints the line {@code ready URL}.
 */
public final class ConformanceServer {
    private ConformanceServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2) {
            System.err.println("Say which container and which API key: ConformanceServer grizzly|jetty KEY");
            System.exit(64);
        }
        MoodleMcpServer server = server(args[1]);
        Container container = start(args[0], server.restComponents());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            container.close();
        }));
        System.out.println("ready " + container.url() + "/mcp");
        // The container's own threads do not keep the process alive.
        new CountDownLatch(1).await();
    }

    private static Container start(String name, Set<Object> restComponents) throws IOException {
        return switch (name) {
            case "grizzly" -> GrizzlyServer.start(0, restComponents);
            case "jetty" -> JettyServer.start(0, restComponents);
            default -> throw new IllegalArgumentException("There is no container " + name + "; say grizzly or jetty.");
        };
    }

    static MoodleMcpServer server(String key) {
        Changes changes = new Changes();
        MoodleMcpServer.Builder builder = MoodleMcpServer.builder(
                        ServerOptions.builder(URI.create("http://127.0.0.1")).build())
                .withoutMoodle()
                .implementation(new Implementation("conformance-fixtures", "Conformance fixtures", "1.0.0"))
                .instructions("Serves what the conformance suite calls.")
                .changes(changes)
                .logging()
                .tasks(TaskStore.inMemory(InstantSource.system()))
                .callerTokens(TokenVerifier.ofKey(key, new Caller(new AccountId("suite"), "conformance", Set.of())));
        Stream.of(
                        ContentTools.all(),
                        StreamTools.all(),
                        SchemaTools.all(),
                        InputRequiredTools.all(),
                        ElicitationTools.all(),
                        ChangeTools.all(changes),
                        TaskTools.all())
                .flatMap(List::stream)
                .forEach(builder::tool);
        FixtureResources.all().forEach(builder::resource);
        FixturePrompts.all().forEach(builder::prompt);
        return builder.resourceTemplate(FixtureResources.family()).build();
    }
}
