package io.github.moodlemcp.portal.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configurations of the programs that take an API key. Safe for use by many threads. */
public final class ClientConfigurations {
    private static final String NAME = "moodle";
    private static final ObjectWriter JSON = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()));

    private final String url;

    /** @param mcp the absolute address of the MCP endpoint */
    public ClientConfigurations(URI mcp) {
        this.url = mcp.toString();
    }

    /** All of them, with this key, in the order in which they are shown. */
    public List<ClientConfiguration> with(String key) {
        return List.of(claudeCode(key), cursor(key), vsCode(), codex(key), geminiCli(key), others(key));
    }

    private ClientConfiguration claudeCode(String key) {
        return new ClientConfiguration(
                "claude-code",
                "Claude Code",
                "Run this in a terminal.",
                "claude mcp add --transport http " + NAME + " " + url + " --header \"" + header(key)
                        + "\" --scope user");
    }

    private ClientConfiguration cursor(String key) {
        return new ClientConfiguration(
                "cursor",
                "Cursor",
                "Put this into the file ~/.cursor/mcp.json (or merge it, if the file has other servers).",
                json(Map.of("mcpServers", Map.of(NAME, object("url", url, "headers", bearer(key))))));
    }

    private ClientConfiguration vsCode() {
        Map<String, Object> input =
                object("type", "promptString", "id", "moodle-key", "description", "Moodle MCP key", "password", true);
        Map<String, Object> server = object("type", "http", "url", url, "headers", bearer("${input:moodle-key}"));
        return new ClientConfiguration(
                "vs-code",
                "VS Code",
                "Run the command “MCP: Open User Configuration” and put this into the file. VS Code asks for your key"
                        + " when it connects.",
                json(object("inputs", List.of(input), "servers", Map.of(NAME, server))));
    }

    private ClientConfiguration codex(String key) {
        return new ClientConfiguration(
                "codex",
                "Codex",
                "Run this in a terminal. Codex reads the key from the environment, so put the first line into your"
                        + " shell’s start-up file as well.",
                "export MOODLE_MCP_KEY=" + key + "\ncodex mcp add " + NAME + " --url " + url
                        + " --bearer-token-env-var MOODLE_MCP_KEY");
    }

    private ClientConfiguration geminiCli(String key) {
        return new ClientConfiguration(
                "gemini-cli",
                "Gemini CLI",
                "Run this in a terminal.",
                "gemini mcp add --transport http -H \"" + header(key) + "\" " + NAME + " " + url);
    }

    private ClientConfiguration others(String key) {
        List<String> arguments = new ArrayList<>(List.of("-y", "mcp-remote", url, "--header", "Authorization:${AUTH}"));
        if (url.startsWith("http:")) {
            arguments.add("--allow-http");
        }
        Map<String, Object> server =
                object("command", "npx", "args", arguments, "env", Map.of("AUTH", "Bearer " + key));
        return new ClientConfiguration(
                "mcp-remote",
                "Claude Desktop and others",
                "For programs that only start local servers: this needs Node.js, and goes into the program’s MCP"
                        + " configuration file (in Claude Desktop: Settings, Developer, Edit Config).",
                json(Map.of("mcpServers", Map.of(NAME, server))));
    }

    private static Map<String, String> bearer(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    private static String header(String key) {
        return "Authorization: Bearer " + key;
    }

    /** An object whose members keep their order: name, value, name, value … */
    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps, lists and strings are always JSON", e);
        }
    }
}
