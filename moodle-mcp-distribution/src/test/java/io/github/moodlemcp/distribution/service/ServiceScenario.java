package io.github.moodlemcp.distribution.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A running service with two people; what every test of the bridge starts from. */
@ExtendWith(TestDatabase.class)
abstract class ServiceScenario {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final ObjectNode NONE = JSON.objectNode();

    static DataSource dataSource;
    static RunningService service;
    RunningService.Person anna;
    RunningService.Person ben;

    @BeforeAll
    static void start(DataSource given) throws IOException {
        dataSource = given;
        service = new RunningService(dataSource);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void people() {
        anna = service.person("anna@example.edu");
        ben = service.person("ben@example.edu");
    }

    static String textOf(Answer answer) {
        return answer.body().at("/result/content/0/text").asText();
    }

    static String outcomeOf(Answer answer) {
        return answer.body()
                .path("result")
                .path("_meta")
                .path("io.github.moodlemcp/outcome")
                .asText();
    }
}
