package io.github.moodlemcp.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a client may declare that this server makes use of. The order is part of the form of MCP session ids. */
public enum ClientCapability {
    /** It can ask its person by a form. */
    ELICITATION_FORM,
    /** It can ask its person to open an address. */
    ELICITATION_URL,
    /** It can ask its model. */
    SAMPLING,
    /** It can name its folders. */
    ROOTS,
    /** It can follow tasks. */
    TASKS;

    /** The name of the tasks extension. */
    public static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

    /** The capabilities in a {@code ClientCapabilities} object; anything unknown is passed over. */
    public static Set<ClientCapability> in(JsonNode declared) {
        EnumSet<ClientCapability> found = EnumSet.noneOf(ClientCapability.class);
        JsonNode elicitation = declared.path("elicitation");
        if (elicitation.isObject()) {
            if (elicitation.has("form") || !elicitation.has("url")) {
                found.add(ELICITATION_FORM);
            }
            if (elicitation.has("url")) {
                found.add(ELICITATION_URL);
            }
        }
        if (declared.path("sampling").isObject()) {
            found.add(SAMPLING);
        }
        if (declared.path("roots").isObject()) {
            found.add(ROOTS);
        }
        if (declared.path("extensions").path(TASKS_EXTENSION).isObject()) {
            found.add(TASKS);
        }
        return Collections.unmodifiableSet(found);
    }

    /** The {@code ClientCapabilities} object that declares these, as an error names what is missing. */
    public static ObjectNode toJson(Set<ClientCapability> capabilities) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (ClientCapability capability : capabilities) {
            switch (capability) {
                case ELICITATION_FORM -> json.withObjectProperty("elicitation").putObject("form");
                case ELICITATION_URL -> json.withObjectProperty("elicitation").putObject("url");
                case SAMPLING -> json.putObject("sampling");
                case ROOTS -> json.putObject("roots");
                case TASKS -> json.withObjectProperty("extensions").putObject(TASKS_EXTENSION);
            }
        }
        return json;
    }
}
