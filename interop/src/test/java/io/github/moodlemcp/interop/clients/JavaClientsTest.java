package io.github.moodlemcp.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java clients of others list the tools of the real service and call one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JavaClientsTest {
    private static final int WAIT_SECONDS = 10;

    private ServedMoodle service;

    /** The clients, with the revision that each agrees on, and what it says when the service does not take the key. */
    enum Kind {
        JAVA_SDK("2025-11-25", "Authorization error", JavaSdkClient::overHttp),
        /** Waits in vain for the stream that it was refused. */
        JAVA_SDK_OVER_SSE("2024-11-05", "TimeoutException", JavaSdkClient::overSse),
        LANGCHAIN4J("2025-11-25", "Unexpected status code: 401", Langchain4jClient::overHttp),
        LANGCHAIN4J_OVER_SSE("2025-11-25", "The server returned: Unauthorized", Langchain4jClient::overSse);

        private final String revision;
        private final String refusal;
        private final JavaClient.Connector connector;

        Kind(String revision, String refusal, JavaClient.Connector connector) {
            this.revision = revision;
            this.refusal = refusal;
            this.connector = connector;
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        assumeTrue(
                Files.exists(ServedMoodle.PROGRAM),
                "The service is not built: run ./mvnw package, which leaves it at " + ServedMoodle.PROGRAM);
        service = ServedMoodle.start(
                folder,
                command -> command.arguments().has("offset")
                        ? null
                        : new ExtensionFrame.Reply(command.command(), courses()));
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsTheToolsAndCallsOne(Kind kind) {
        try (JavaClient client = kind.connector.connect(service.url(), service.key(), progress -> {})) {
            List<String> tools = client.toolNames();
            String answer = client.callTool("list_courses", Map.of("limit", 5));

            assertThat(client.revision()).isEqualTo(kind.revision);
            assertThat(tools).contains("get_course", "get_status", "list_courses", "read_file");
            assertThat(answer).contains("{\"courses\":[{\"id\":3,\"name\":\"Zellbiologie: Größe & „Café“\"}]}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheProgressOfACallBeforeItsAnswer(Kind kind) {
        CompletableFuture<Double> progress = new CompletableFuture<>();
        try (JavaClient client = kind.connector.connect(service.url(), service.key(), progress::complete)) {
            // Not on the common pool, which the SDK's HTTP client needs to go on.
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                    () -> client.callTool("list_courses", Map.of("offset", 1)), Thread::startVirtualThread);
            ServiceFrame.Run run = (ServiceFrame.Run) service.browser().nextFrame();
            service.browser()
                    .send(new ExtensionFrame.Progress(
                            run.command(), BigDecimal.valueOf(3), BigDecimal.valueOf(12), "Reading page 3 of 12"));

            assertThat(progress.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join())
                    .isEqualTo(3.0);
            assertThat(answer).isNotDone();
            service.browser().send(new ExtensionFrame.Reply(run.command(), courses()));
            assertThat(answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join())
                    .contains(courses().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheKeyIsWrong(Kind kind) {
        String wrong = service.key().substring(0, service.key().length() - 1) + "~";

        assertThatThrownBy(() -> kind.connector
                        .connect(service.url(), wrong, progress -> {})
                        .close())
                .hasStackTraceContaining(kind.refusal);
    }

    private static ObjectNode courses() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("courses").addObject().put("id", 3).put("name", "Zellbiologie: Größe & „Café“");
        return result;
    }
}
