package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** Something a server wants to know from the client before it can answer («Multi Round-Trip Requests»). */
public sealed interface InputRequest {

    /**
     * Asks the person by a form; never for a secret.
     *
     * @param requestedSchema a flat object schema of primitive properties
     */
    record Form(String message, ObjectNode requestedSchema) implements InputRequest {
        public Form {
            requireNonNull(message, "message");
            requireNonNull(requestedSchema, "requestedSchema");
        }
    }

    /**
     * Asks the person to open an address and do something there.
     *
     * @param id names this request in revision 2025-11-25; nobody should be able to guess it
     */
    record Url(String message, URI url, String id) implements InputRequest {
        public Url {
            requireNonNull(message, "message");
            requireNonNull(url, "url");
            requireNonNull(id, "id");
        }
    }

    /** Asks the client's model; {@code params} are those of {@code sampling/createMessage}. */
    record Sampling(ObjectNode params) implements InputRequest {
        public Sampling {
            requireNonNull(params, "params");
        }
    }

    /** Asks for the client's folders. */
    record Roots() implements InputRequest {}

    /** The method of the protocol that asks this. */
    default String method() {
        return switch (this) {
            case Form ignored -> "elicitation/create";
            case Url ignored -> "elicitation/create";
            case Sampling ignored -> "sampling/createMessage";
            case Roots() -> "roots/list";
        };
    }

    /** What a client must have declared to be asked this. */
    default ClientCapability capability() {
        return switch (this) {
            case Form ignored -> ClientCapability.ELICITATION_FORM;
            case Url ignored -> ClientCapability.ELICITATION_URL;
            case Sampling ignored -> ClientCapability.SAMPLING;
            case Roots() -> ClientCapability.ROOTS;
        };
    }

    /** The parameters under a revision. */
    default ObjectNode params(ProtocolVersion version) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case Form(var message, var schema) -> {
                if (version.isAtLeast(ProtocolVersion.V2025_11_25)) {
                    params.put("mode", "form");
                }
                params.put("message", message).set("requestedSchema", schema);
            }
            case Url(var message, var url, var id) -> {
                params.put("mode", "url").put("message", message).put("url", url.toString());
                if (!version.isModern()) {
                    params.put("elicitationId", id);
                }
            }
            case Sampling(var given) -> params.setAll(given);
            case Roots() -> {}
        }
        return params;
    }
}
