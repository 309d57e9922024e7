package io.github.moodlemcp.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.feature.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MCP sessions that no node has to remember: the id carries what was agreed, signed, so that every node knows it and a
 * restart forgets none. An id is no credential: it counts only together with a token of the same account.
 *
 * <p>Safe for use by many threads. The ids that were ended are remembered by this node alone, the last 10 000.
 */
public final class McpSessions {
    private static final int MAX_ID_LENGTH = 2048;
    private static final int MAX_NAME_LENGTH = 64;
    private static final int RANDOM_BYTES = 16;
    private static final int REMEMBERED = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Signatures signatures;
    private final SecureRandom random;
    private final Set<String> ended = new LinkedHashSet<>();

    /**
     * @param secrets see {@link Signatures}
     * @param random makes the ids distinct
     */
    public McpSessions(List<byte[]> secrets, SecureRandom random) {
        this.signatures = new Signatures(secrets, "mcp-session");
        this.random = random;
    }

    /** Opens a session for what a client said in {@code initialize}. */
    public McpSession open(AccountId account, ProtocolVersion version, Client client) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("r", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .put("a", account.value())
                .put("p", version.text());
        ArrayNode capabilities = payload.putArray("c");
        client.capabilities().forEach(capability -> capabilities.add(capability.ordinal()));
        putShort(payload, "n", client.name());
        putShort(payload, "v", client.version());
        return new McpSession(signatures.sign(payload.toString().getBytes(StandardCharsets.UTF_8)), version, client);
    }

    /** The session of this id, if it is one of this account and was not ended. */
    public Optional<McpSession> find(String id, AccountId account) {
        if (id.length() > MAX_ID_LENGTH || hasEnded(id)) {
            return Optional.empty();
        }
        return signatures
                .open(id)
                .map(McpSessions::read)
                .filter(payload -> account.value().equals(payload.path("a").textValue()))
                .flatMap(payload -> ProtocolVersion.of(payload.path("p").asText())
                        .map(version -> new McpSession(id, version, client(payload))));
    }

    /** Ends a session: its id is not found any more. */
    public void end(McpSession session) {
        synchronized (ended) {
            ended.add(session.id());
            if (ended.size() > REMEMBERED) {
                ended.remove(ended.iterator().next());
            }
        }
    }

    private boolean hasEnded(String id) {
        synchronized (ended) {
            return ended.contains(id);
        }
    }

    private static JsonNode read(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static Client client(JsonNode payload) {
        Set<ClientCapability> capabilities = EnumSet.noneOf(ClientCapability.class);
        for (ClientCapability capability : ClientCapability.values()) {
            for (JsonNode ordinal : payload.path("c")) {
                if (ordinal.asInt() == capability.ordinal()) {
                    capabilities.add(capability);
                }
            }
        }
        return new Client(payload.path("n").textValue(), payload.path("v").textValue(), capabilities);
    }

    private static void putShort(ObjectNode payload, String member, @Nullable String value) {
        if (value != null) {
            payload.put(member, value.length() > MAX_NAME_LENGTH ? value.substring(0, MAX_NAME_LENGTH) : value);
        }
    }
}
