package io.github.moodlemcp.interop.endpoint;

import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Containers;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.feature.TaskMode;
import io.github.moodlemcp.server.spi.TaskStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each request that is not as it should be gets the answer that its first fault deserves. */
@ParameterizedClass(name = "{0}")
@EnumSource
class LadderTest {
    private static final String IN_HEADER = """
            {"type": "object", "properties": {
              "region": {"type": "string", "x-mcp-header": "Region"},
              "page": {"type": "integer", "x-mcp-header": "Page"},
              "filter": {"type": "object", "properties": {"open": {"type": "boolean", "x-mcp-header": "Open"}}}}}
            """;

    private static final String TEXT = """
            {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"],
             "additionalProperties": false}
            """;

    @Parameter
    private Containers container;

    private Endpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = Endpoint.start(container, toys());
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private static MoodleMcpServer.Builder toys() {
        return Endpoint.server(Endpoint.options(1).build())
                .tool(Toys.tool(
                        "echo",
                        TEXT,
                        (arguments, call) -> Toys.text(arguments.path("text").asText())))
                .tool(Toys.tool("in_header", IN_HEADER, (arguments, call) -> Toys.text("found")))
                .tool(Toys.scoped("write", "moodle:write", (arguments, call) -> Toys.text("written")))
                .tool(Toys.task("work", TaskMode.ALWAYS, (arguments, call) -> Toys.text("worked")))
                .tool(Toys.tool(
                        "ask",
                        (arguments, call) -> McpResult.InputRequired.of(
                                "name",
                                new InputRequest.Form(
                                        "Your name?", arguments.objectNode().put("type", "object")))))
                .tool(Toys.tool("defect", (arguments, call) -> {
                    throw new IllegalStateException("The password is " + Rung.CANARY);
                }))
                .resource(Toys.resource("toy://note", "a note"))
                .prompt(Toys.prompt("greet"))
                .tasks(TaskStore.inMemory(InstantSource.system()));
    }

    @TestFactory
    Stream<DynamicTest> atTheDoor() {
        return on(DoorRungs.all());
    }

    @TestFactory
    Stream<DynamicTest> inRevision20260728() {
        return on(ModernRungs.all());
    }

    @TestFactory
    Stream<DynamicTest> inTheParametersOfRevision20260728() {
        return on(ParameterRungs.all());
    }

    @TestFactory
    Stream<DynamicTest> inRevisionsWithAHandshake() throws IOException {
        return on(LegacyRungs.all(
                endpoint.session("2025-03-26", "{}"), endpoint.session("2025-11-25", "{}"), lostSession()));
    }

    @TestFactory
    Stream<DynamicTest> inBodiesThatAreHardToRead() {
        return on(HostileRungs.all());
    }

    /** One that was ended. */
    private String lostSession() throws IOException {
        String session = endpoint.session("2025-11-25", "{}");
        endpoint.send(Ask.bare("DELETE").with("Mcp-Session-Id", session));
        return session;
    }

    private Stream<DynamicTest> on(List<Rung> rungs) {
        return rungs.stream().map(rung -> rung.on(endpoint));
    }
}
