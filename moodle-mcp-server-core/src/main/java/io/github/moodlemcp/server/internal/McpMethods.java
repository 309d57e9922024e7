package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ServerCapabilities;
import io.github.moodlemcp.server.feature.LogLevel;
import org.jspecify.annotations.Nullable;

/** The methods of the protocol that are served: its table of contents. A method whose capability is not declared is unknown. */
final class McpMethods implements McpInterceptor.Chain {
    private final ServerCapabilities capabilities;
    private final String instructions;
    private final ToolMethods tools;
    private final ResourceMethods resources;
    private final PromptMethods prompts;
    private final CompletionMethod completion;
    private final @Nullable Subscriptions subscriptions;
    private final @Nullable TaskMethods tasks;
    private final SessionMemory sessions;

    McpMethods(
            ServerCapabilities capabilities,
            String instructions,
            ToolMethods tools,
            ResourceMethods resources,
            PromptMethods prompts,
            CompletionMethod completion,
            @Nullable Subscriptions subscriptions,
            @Nullable TaskMethods tasks,
            SessionMemory sessions) {
        this.capabilities = capabilities;
        this.instructions = instructions;
        this.tools = tools;
        this.resources = resources;
        this.prompts = prompts;
        this.completion = completion;
        this.subscriptions = subscriptions;
        this.tasks = tasks;
        this.sessions = sessions;
    }

    @Override
    public McpResult proceed(McpExchange exchange) {
        return exchange.version().isModern() ? modern(exchange) : legacy(exchange);
    }

    private McpResult modern(McpExchange exchange) {
        return switch (exchange.request().method()) {
            case "server/discover" -> new McpResult.Discovery(capabilities, instructions);
            case "subscriptions/listen" -> served(subscriptions).listen(exchange);
            case "tasks/get" -> served(tasks).get(exchange);
            case "tasks/update" -> served(tasks).update(exchange);
            case "tasks/cancel" -> served(tasks).cancel(exchange);
            default -> common(exchange);
        };
    }

    private McpResult legacy(McpExchange exchange) {
        return switch (exchange.request().method()) {
            case "initialize" -> new McpResult.Initialization(capabilities, instructions);
            case "ping" -> new McpResult.Empty();
            case "logging/setLevel" -> {
                require(capabilities.logging());
                yield setLogLevel(exchange);
            }
            case "resources/subscribe" -> {
                require(capabilities.resources() && capabilities.changes());
                yield resources.subscribe(exchange);
            }
            case "resources/unsubscribe" -> {
                require(capabilities.resources() && capabilities.changes());
                yield resources.unsubscribe(exchange);
            }
            default -> common(exchange);
        };
    }

    private McpResult common(McpExchange exchange) {
        String method = exchange.request().method();
        switch (method) {
            case "tools/list", "tools/call" -> require(capabilities.tools());
            case "resources/list", "resources/templates/list", "resources/read" -> require(capabilities.resources());
            case "prompts/list", "prompts/get" -> require(capabilities.prompts());
            case "completion/complete" -> require(capabilities.completions());
            default -> throw McpException.methodNotFound();
        }
        return switch (method) {
            case "tools/list" -> tools.list(exchange);
            case "tools/call" -> tools.call(exchange);
            case "resources/list" -> resources.list(exchange);
            case "resources/templates/list" -> resources.listTemplates(exchange);
            case "resources/read" -> resources.read(exchange);
            case "prompts/list" -> prompts.list(exchange);
            case "prompts/get" -> prompts.get(exchange);
            default -> completion.complete(exchange);
        };
    }

    private McpResult setLogLevel(McpExchange exchange) {
        JsonNode wanted = exchange.request().params().path("level");
        LogLevel level = LogLevel.of(wanted.asText())
                .orElseThrow(() -> McpException.invalidParams("unknown log level; such as info or warning"));
        if (exchange.sessionId() != null) {
            sessions.setLogLevel(exchange.sessionId(), level);
        }
        return new McpResult.Empty();
    }

    private static void require(boolean isServed) {
        if (!isServed) {
            throw McpException.methodNotFound();
        }
    }

    private static <T> T served(@Nullable T methods) {
        if (methods == null) {
            throw McpException.methodNotFound();
        }
        return methods;
    }
}
