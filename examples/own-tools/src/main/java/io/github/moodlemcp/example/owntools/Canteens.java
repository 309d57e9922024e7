package io.github.moodlemcp.example.owntools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Prompt;
import io.github.moodlemcp.protocol.mcp.Resource;
import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.feature.Completer;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells AI assistants what the canteens of a campus serve: a tool, resources and a prompt, for whoever has the key. */
final class Canteens {
    private static final SortedMap<String, String> MENUS = Collections.unmodifiableSortedMap(
            new TreeMap<>(Map.of("north", "Lentil curry", "south", "Pasta with pesto", "west", "Potato soup")));

    private static final Completer NAMES = (typed, others, call) ->
            MENUS.keySet().stream().filter(name -> name.startsWith(typed)).toList();

    private Canteens() {}

    static MoodleMcpServer server(URI address, String key) {
        Caller caller = new Caller(new AccountId("campus-app"), "the campus key", Set.of());
        return MoodleMcpServer.builder(ServerOptions.builder(address).build())
                .withoutMoodle()
                .implementation(new Implementation("canteens", "Canteens", "1.0.0"))
                .instructions("Says what the canteens of the campus serve today.")
                .callerTokens(TokenVerifier.ofKey(key, caller))
                .tool(menuTool())
                .resource(names())
                .resourceTemplate(menus())
                .prompt(planLunch())
                .build();
    }

    /** The tool, which any server may serve. */
    static ServedTool menuTool() {
        return ServedTool.reading("get_menu", "Menu", "What a canteen serves today.", """
                {
                  "type": "object",
                  "properties": {"canteen": {"type": "string", "description": "such as north"}},
                  "required": ["canteen"],
                  "additionalProperties": false
                }
                """, Canteens::menu);
    }

    private static McpResult.OfTool menu(ObjectNode arguments, McpCall call) {
        String menu = MENUS.get(arguments.get("canteen").textValue());
        return menu == null
                ? McpResult.ToolCall.error("There is no such canteen. Ask for one of " + MENUS.keySet() + ".")
                : McpResult.ToolCall.text(menu);
    }

    private static ServedResource names() {
        return new ServedResource(
                new Resource("campus://canteens", "canteens", "Canteens", "Their names.", "text/plain"),
                (uri, variables, call) ->
                        Optional.of(McpResult.ResourceRead.text(uri, "text/plain", String.join("\n", MENUS.keySet()))));
    }

    private static ServedResourceTemplate menus() {
        return new ServedResourceTemplate(
                new ResourceTemplate("campus://canteens/{name}", "canteen", "Canteen", "Today's menu.", "text/plain"),
                (uri, variables, call) -> Optional.ofNullable(MENUS.get(variables.get("name")))
                        .map(menu -> McpResult.ResourceRead.text(uri, "text/plain", menu)),
                Map.of("name", NAMES));
    }

    private static ServedPrompt planLunch() {
        Prompt.Argument canteen = new Prompt.Argument("canteen", "The nearest one.", true);
        return new ServedPrompt(
                new Prompt("plan_lunch", "Plan lunch", "Decides where to eat.", List.of(canteen)),
                (arguments, call) -> McpResult.PromptGet.text(
                        "Where to eat",
                        "I am near the canteen " + arguments.get("canteen")
                                + ". Compare its menu with those of the others, and propose one in two sentences."),
                Map.of("canteen", NAMES));
    }
}
