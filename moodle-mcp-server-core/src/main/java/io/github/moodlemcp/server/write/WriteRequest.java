package io.github.moodlemcp.server.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.server.spi.WriteRecords.Name;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A write that somebody asks for.
 *
 * @param name recognises it when it is asked for again
 * @param argumentsHash tells whether it is then the same
 * @param command how it is sent if it is the first of its name
 */
public record WriteRequest(Name name, String argumentsHash, Command command) {
    public WriteRequest {
        requireNonNull(name, "name");
        requireNonNull(argumentsHash, "argumentsHash");
        requireNonNull(command, "command");
    }

    /**
     * A write of this account under this key.
     *
     * @param command holds nothing that may differ when it is asked for again, but its id
     */
    public static WriteRequest of(AccountId account, String key, Command command) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.set("arguments", command.arguments());
        said.put("site", command.site());
        return new WriteRequest(
                new Name(account, command.tool(), sha256(key)), sha256(CanonicalJson.of(said)), command);
    }

    /** What is recorded of it when it is sent to this browser now. */
    WriteRecord record(BridgeId bridge, Instant now) {
        return new WriteRecord(
                name, argumentsHash, bridge.browser(), command.id(), State.RUNNING, now.truncatedTo(ChronoUnit.MICROS));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
