package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.protocol.mcp.ServerCapabilities;
import io.github.moodlemcp.protocol.mcp.TaskEncoder;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.Changes.Change;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Streams on which a client hears of changes: {@code subscriptions/listen}, and what the revisions before it send on the
 * stream of a session. Safe for use by many threads.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
 */
final class Subscriptions implements AutoCloseable {
    private static final int MAX_WANTED = 100;

    private final ServerCapabilities capabilities;
    private final Changes changes;
    private final @Nullable TaskMethods tasks;
    private final SessionMemory sessions;
    private final Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Subscriptions(
            ServerCapabilities capabilities, Changes changes, @Nullable TaskMethods tasks, SessionMemory sessions) {
        this.capabilities = capabilities;
        this.changes = changes;
        this.tasks = tasks;
        this.sessions = sessions;
    }

    /** Tells the client what it wants to hear until it goes away or the server stops; blocks as long. */
    McpResult listen(McpExchange exchange) {
        JsonNode id = idOf(exchange.request().id());
        ObjectNode honoured = honoured(exchange, exchange.request().params().path("notifications"));
        Predicate<Change> wanted = wanted(exchange, honoured);
        CompletableFuture<Void> end = new CompletableFuture<>();
        open.add(end);
        if (closed) {
            end.complete(null);
        }
        exchange.cancellation().onCancel(() -> end.complete(null));
        // The acknowledgement comes first: a change that happens meanwhile waits for it.
        Object order = new Object();
        Changes.Registration registration;
        synchronized (order) {
            registration = changes.listen(change -> {
                synchronized (order) {
                    if (wanted.test(change) && !exchange.outbound().send(notification(change, id))) {
                        end.complete(null);
                    }
                }
            });
            ObjectNode params = JsonNodeFactory.instance.objectNode();
            params.set("notifications", honoured);
            JsonRpcNotification acknowledged =
                    new JsonRpcNotification("notifications/subscriptions/acknowledged", tagged(params, id));
            if (!exchange.outbound().send(acknowledged)) {
                registration.close();
                open.remove(end);
                throw McpException.invalidParams("this method needs a client that accepts text/event-stream");
            }
        }
        try (registration) {
            end.join();
        } finally {
            open.remove(end);
        }
        return new McpResult.SubscriptionEnded(id);
    }

    /** Sends what a session of an older revision hears of, until the registration is closed. */
    Changes.Registration follow(String session, Outbound outbound) {
        return changes.listen(change -> {
            boolean wanted = switch (change) {
                case Change.OfTools ignored -> capabilities.tools();
                case Change.OfPrompts ignored -> capabilities.prompts();
                case Change.OfResources ignored -> capabilities.resources();
                case Change.OfResource(var uri) -> sessions.isSubscribed(session, uri);
                case Change.OfTask ignored -> false;
            };
            if (wanted) {
                outbound.send(notification(change, null));
            }
        });
    }

    /** Ends all streams of {@code subscriptions/listen}. */
    @Override
    public void close() {
        closed = true;
        open.forEach(end -> end.complete(null));
    }

    private ObjectNode honoured(McpExchange exchange, JsonNode wanted) {
        if (!wanted.isObject()) {
            throw McpException.invalidParams("notifications must be an object that says what to hear of");
        }
        ObjectNode honoured = JsonNodeFactory.instance.objectNode();
        putIfWanted(honoured, wanted, "toolsListChanged", capabilities.tools());
        putIfWanted(honoured, wanted, "promptsListChanged", capabilities.prompts());
        putIfWanted(honoured, wanted, "resourcesListChanged", capabilities.resources());
        putTexts(honoured, wanted, "resourceSubscriptions", uri -> capabilities.resources());
        putTexts(
                honoured,
                wanted,
                "taskIds",
                id -> tasks != null && tasks.find(exchange, id).isPresent());
        return honoured;
    }

    private static void putIfWanted(ObjectNode honoured, JsonNode wanted, String member, boolean isServed) {
        if (isServed && wanted.path(member).asBoolean()) {
            honoured.put(member, true);
        }
    }

    private static void putTexts(ObjectNode honoured, JsonNode wanted, String member, Predicate<String> isServed) {
        JsonNode texts = wanted.path(member);
        if (texts.size() > MAX_WANTED) {
            throw McpException.invalidParams(member + " names more than " + MAX_WANTED);
        }
        for (JsonNode text : texts) {
            if (text.isTextual() && isServed.test(text.textValue())) {
                honoured.withArrayProperty(member).add(text.textValue());
            }
        }
    }

    private static Predicate<Change> wanted(McpExchange exchange, ObjectNode honoured) {
        Set<String> uris = texts(honoured, "resourceSubscriptions");
        Set<String> tasks = texts(honoured, "taskIds");
        return change -> switch (change) {
            case Change.OfTools() -> honoured.has("toolsListChanged");
            case Change.OfPrompts() -> honoured.has("promptsListChanged");
            case Change.OfResources() -> honoured.has("resourcesListChanged");
            case Change.OfResource(var uri) -> uris.contains(uri);
            case Change.OfTask(var owner, var task) ->
                tasks.contains(task.id()) && owner.equals(exchange.caller().account());
        };
    }

    private static Set<String> texts(ObjectNode honoured, String member) {
        Set<String> texts = new HashSet<>();
        honoured.path(member).forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static JsonRpcNotification notification(Change change, @Nullable JsonNode subscription) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        String method = switch (change) {
            case Change.OfTools() -> "notifications/tools/list_changed";
            case Change.OfPrompts() -> "notifications/prompts/list_changed";
            case Change.OfResources() -> "notifications/resources/list_changed";
            case Change.OfResource(var uri) -> {
                params.put("uri", uri);
                yield "notifications/resources/updated";
            }
            case Change.OfTask(var owner, var task) -> {
                params = TaskEncoder.whole(task, ProtocolVersion.V2026_07_28);
                yield "notifications/tasks";
            }
        };
        return new JsonRpcNotification(method, subscription == null ? params : tagged(params, subscription));
    }

    private static ObjectNode tagged(ObjectNode params, JsonNode subscription) {
        params.withObjectProperty("_meta").set(MetaKey.SUBSCRIPTION_ID, subscription);
        return params;
    }

    private static JsonNode idOf(RequestId id) {
        return switch (id) {
            case RequestId.Text(var text) -> JsonNodeFactory.instance.textNode(text);
            case RequestId.Number(var number) -> JsonNodeFactory.instance.numberNode(number);
        };
    }
}
