package io.github.moodlemcp.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.session.RequestStates.Binding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestStatesTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final JsonNode STATE = json("{\"round\": 2, \"text\": \"a \\\"quoted\\\" \u00e9\"}");
    private static final Binding BINDING =
            binding("anna", "tools/call", "{\"name\": \"t\", \"arguments\": {\"a\": 1}}");

    private Instant now = START;
    private final RequestStates states = new RequestStates(List.of(new byte[32]), () -> now);

    private static Binding binding(String account, String method, String subject) {
        return new Binding(new AccountId(account), method, json(subject));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStateComesBackAsItWas() {
        assertThat(states.open(states.seal(STATE, BINDING), BINDING)).contains(STATE);
    }

    @Test
    void aStateIsGoodForTenMinutes() {
        String sealed = states.seal(STATE, BINDING);

        now = START.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(states.open(sealed, BINDING)).contains(STATE);
        now = START.plus(Duration.ofMinutes(10));
        assertThat(states.open(sealed, BINDING)).isEmpty();
    }

    @Test
    void aStateBelongsToItsRequest() {
        String sealed = states.seal(STATE, BINDING);
        String subject = "{\"name\": \"t\", \"arguments\": {\"a\": 1}}";

        assertThat(states.open(sealed, binding("ben", "tools/call", subject))).isEmpty();
        assertThat(states.open(sealed, binding("anna", "prompts/get", subject))).isEmpty();
        assertThat(states.open(sealed, binding("anna", "tools/call", subject.replace("1", "2"))))
                .isEmpty();
        assertThat(states.open(sealed, binding("anna", "tools/call", subject.replace("\"t\"", "\"u\""))))
                .isEmpty();
        assertThat(states.open(sealed, binding("anna", "tools/call", subject.replace("1", "\"1\""))))
                .isEmpty();
    }

    @Test
    void theOrderOfMembersDoesNotCountAndThatOfElementsDoes() {
        String sealed = states.seal(STATE, binding("anna", "m", "{\"a\": [1, {\"b\": 1, \"c\": 2}], \"d\": null}"));

        assertThat(states.open(sealed, binding("anna", "m", "{\"d\": null, \"a\": [1, {\"c\": 2, \"b\": 1}]}")))
                .contains(STATE);
        assertThat(states.open(sealed, binding("anna", "m", "{\"a\": [{\"b\": 1, \"c\": 2}, 1], \"d\": null}")))
                .isEmpty();
        assertThat(states.open(sealed, binding("anna", "m", "{\"a\": [1, {\"b\": 1, \"c\": 2}]}")))
                .isEmpty();
    }

    @Test
    void whatIsBoundCannotBeShiftedFromOnePartToAnother() {
        String sealed = states.seal(STATE, binding("anna\",\"m", "x", "1"));

        assertThat(states.open(sealed, binding("anna", "m\",\"x", "1"))).isEmpty();
    }

    @Test
    void whatIsNoStateIsNone() {
        for (String text : List.of("", "x", ".", "e30.AAAAAAAAAAAAAAAAAAAAAA")) {
            assertThat(states.open(text, BINDING)).isEmpty();
        }
    }
}
