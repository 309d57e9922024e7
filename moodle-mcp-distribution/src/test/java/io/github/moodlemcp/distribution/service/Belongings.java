package io.github.moodlemcp.distribution.service;

import io.github.moodlemcp.distribution.service.Access.Thing;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** What a person has: something of each kind, and credentials that count no more. */
final class Belongings {
    private static final String ISSUER = "https://issuer.example.edu";
    private static final String BROWSER_NAME = "The browser of Anna";

    private final DataSource database;
    private final RunningService.Person person;
    private final Map<Thing, String> ids;
    private final String goodKey;

    private Belongings(DataSource database, RunningService.Person person, Map<Thing, String> ids, String goodKey) {
        this.database = database;
        this.person = person;
        this.ids = new EnumMap<>(ids);
        this.goodKey = goodKey;
    }

    /** Gives the person something of each kind. */
    static Belongings of(DataSource database, RunningService.Person person) throws SQLException {
        IssuedKey.Issued key = person.newKey();
        String browser = "browser-" + UUID.randomUUID();
        UUID grant = UUID.randomUUID();
        execute(
                database,
                "INSERT INTO grants (id, user_id, client_id, resource, scope, label, created_at, redeemed_at)"
                        + " VALUES (?, ?, 'moodle-mcp-extension', 'r', 'bridge', 'l', now(), now())",
                grant,
                person.id());
        execute(
                database,
                "INSERT INTO browser_sessions (id, user_id, browser_id, name, extension_version, connected_at,"
                        + " last_ping_at, grant_id) VALUES (?, ?, ?, ?, '0.1.0', now(), now(), ?)",
                UUID.randomUUID(),
                person.id(),
                browser,
                BROWSER_NAME,
                grant);
        UUID app = UUID.randomUUID();
        execute(
                database,
                "INSERT INTO grants (id, user_id, client_id, resource, scope, label, created_at, redeemed_at)"
                        + " VALUES (?, ?, 'an-app', 'r', 'moodle:read', 'l', now(), now())",
                app,
                person.id());
        String subject = UUID.randomUUID().toString();
        for (String one : new String[] {subject, subject + "-too"}) {
            execute(
                    database,
                    "INSERT INTO identities (issuer, subject, user_id, email, created_at) VALUES (?, ?, ?, 'a@b', now())",
                    ISSUER,
                    one,
                    person.id());
        }
        Map<Thing, String> ids = new EnumMap<>(Thing.class);
        ids.put(Thing.KEY, key.key().id().toString());
        ids.put(Thing.BROWSER, browser);
        ids.put(Thing.APP, app.toString());
        ids.put(Thing.IDENTITY, SecretHash.of(ISSUER + "\n" + subject).hex());
        String cookie = Stranger.signedIn(person.base(), person.signInLink()).header("Cookie");
        ids.put(
                Thing.WEB_SESSION,
                SecretHash.of(cookie.substring(cookie.indexOf('=') + 1)).hex());
        return new Belongings(database, person, ids, key.secret());
    }

    /** Ids that name nothing. */
    static Belongings ofNobody() {
        Map<Thing, String> ids = new EnumMap<>(Thing.class);
        ids.put(Thing.KEY, UUID.randomUUID().toString());
        ids.put(Thing.BROWSER, "browser-" + UUID.randomUUID());
        ids.put(Thing.APP, UUID.randomUUID().toString());
        ids.put(Thing.IDENTITY, SecretHash.of("unknown").hex());
        ids.put(Thing.WEB_SESSION, SecretHash.of("unknown").hex());
        return new Belongings(null, null, ids, "");
    }

    String idOf(Thing thing) {
        return ids.get(thing);
    }

    /** Texts that only their owner may see. */
    String[] marks() {
        return new String[] {BROWSER_NAME, goodKey.substring(5, 13)};
    }

    String goodKey() {
        return goodKey;
    }

    /** Credentials that no other place takes, or none any more; made with the person's sessions for MCP clients. */
    McpCredentials forMcp() throws SQLException {
        IssuedKey.Issued revoked = person.newKey();
        person.revoke(revoked);
        IssuedKey.Issued expired = person.newKey();
        execute(
                database,
                "UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = ?",
                expired.key().id());
        return new McpCredentials(
                List.of(revoked.secret(), expired.secret(), person.bridgeToken()), mcpSession(), mcpStream());
    }

    /**
     * What MCP clients of the person show.
     *
     * @param bad keys that were revoked or have expired, and a token for something else
     * @param session the id of an MCP session
     * @param messages where messages for an open stream of revision 2024-11-05 go
     */
    record McpCredentials(List<String> bad, String session, String messages) {}

    /** Lets a web session expire. */
    void expire(String cookie) throws SQLException {
        execute(
                database,
                "UPDATE web_sessions SET expires_at = now() - interval '1 second' WHERE id_hash = ?",
                SecretHash.of(cookie.substring(cookie.indexOf('=') + 1)).bytes());
    }

    private String mcpSession() {
        return new McpTestClient(URI.create(person.base() + "/mcp"), goodKey)
                .post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                                + "\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}",
                        Map.of())
                .header("mcp-session-id");
    }

    private String mcpStream() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(person.base() + "/mcp/sse").toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + goodKey);
            connection.setRequestProperty("Accept", "text/event-stream");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(DataSource database, String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
