package io.github.moodlemcp.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Seals the state of an input-required round, which the client carries: signed, for 10 minutes, and good only for the same
 * account and the same request. A client can read it, so no secret belongs in it. Safe for use by many threads.
 */
public final class RequestStates {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Signatures signatures;
    private final InstantSource clock;

    /** @param secrets see {@link Signatures} */
    public RequestStates(List<byte[]> secrets, InstantSource clock) {
        this.signatures = new Signatures(secrets, "request-state");
        this.clock = clock;
    }

    /**
     * The request that a state belongs to.
     *
     * @param subject what is asked for: the name and the arguments, as JSON
     */
    public record Binding(AccountId account, String method, JsonNode subject) {

        private String digest() {
            ArrayNode parts = JsonNodeFactory.instance.arrayNode();
            parts.add(account.value()).add(method).add(canonical(subject));
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(parts.toString().getBytes(StandardCharsets.UTF_8));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        /** The same JSON with the members of its objects in order. */
        private static JsonNode canonical(JsonNode node) {
            if (node instanceof ObjectNode object) {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                object.properties().forEach(member -> sorted.put(member.getKey(), canonical(member.getValue())));
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                sorted.forEach(copy::set);
                return copy;
            }
            if (node instanceof ArrayNode array) {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> copy.add(canonical(element)));
                return copy;
            }
            return node;
        }
    }

    /** The state as text for the client. */
    public String seal(JsonNode state, Binding binding) {
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("b", binding.digest())
                .put("e", clock.instant().plus(LIFETIME).toEpochMilli());
        payload.set("s", state);
        return signatures.sign(payload.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The state, if the text is one that was sealed for this request and is not too old. */
    public Optional<JsonNode> open(String sealed, Binding binding) {
        return signatures
                .open(sealed)
                .map(RequestStates::read)
                .filter(payload -> binding.digest().equals(payload.path("b").textValue()))
                .filter(payload -> payload.path("e").asLong() > clock.millis())
                .map(payload -> payload.path("s"));
    }

    private static JsonNode read(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
