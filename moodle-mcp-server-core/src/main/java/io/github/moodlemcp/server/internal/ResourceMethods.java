package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.mcp.McpErrorCode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Resource;
import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.util.List;

/** Answers {@code resources/list}, {@code resources/templates/list}, {@code resources/read} and the older subscriptions. */
final class ResourceMethods {
    private final Features features;
    private final InputRounds rounds;
    private final Pages pages;
    private final SessionMemory sessions;
    private final ResourceAddresses addresses;

    ResourceMethods(
            Features features, ResourceAddresses addresses, InputRounds rounds, Pages pages, SessionMemory sessions) {
        this.features = features;
        this.addresses = addresses;
        this.rounds = rounds;
        this.pages = pages;
        this.sessions = sessions;
    }

    McpResult list(McpExchange exchange) {
        List<Resource> visible = features.resources().values().stream()
                .filter(served -> Features.covers(exchange.caller(), served.scope()))
                .map(ServedResource::resource)
                .toList();
        Pages.Page<Resource> page = pages.of(visible, exchange.request().params());
        return new McpResult.ResourceList(page.elements(), page.nextCursor());
    }

    McpResult listTemplates(McpExchange exchange) {
        List<ResourceTemplate> visible = features.templates().values().stream()
                .filter(served -> Features.covers(exchange.caller(), served.scope()))
                .map(ServedResourceTemplate::template)
                .toList();
        Pages.Page<ResourceTemplate> page = pages.of(visible, exchange.request().params());
        return new McpResult.ResourceTemplateList(page.elements(), page.nextCursor());
    }

    McpResult read(McpExchange exchange) {
        String uri = uri(exchange);
        ResourceAddresses.Found found = addresses.find(uri).orElseThrow(() -> notFound(exchange, uri));
        return rounds.answer(
                exchange,
                TextNode.valueOf(uri),
                call -> found.reader()
                        .read(uri, found.variables(), call)
                        .<McpResult>map(result -> result)
                        .orElseThrow(() -> notFound(exchange, uri)));
    }

    McpResult subscribe(McpExchange exchange) {
        String uri = uri(exchange);
        if (addresses.find(uri).isEmpty()) {
            throw notFound(exchange, uri);
        }
        if (exchange.sessionId() != null && !sessions.subscribe(exchange.sessionId(), uri)) {
            throw McpException.invalidParams("this session hears of too many resources; unsubscribe from some");
        }
        return new McpResult.Empty();
    }

    McpResult unsubscribe(McpExchange exchange) {
        String uri = uri(exchange);
        if (exchange.sessionId() != null) {
            sessions.unsubscribe(exchange.sessionId(), uri);
        }
        return new McpResult.Empty();
    }

    private static String uri(McpExchange exchange) {
        String uri = exchange.request().params().path("uri").textValue();
        if (uri == null || uri.length() > ResourceAddresses.MAX_LENGTH) {
            throw McpException.invalidParams(
                    "uri must be a text of at most " + ResourceAddresses.MAX_LENGTH + " characters");
        }
        return uri;
    }

    private static McpException notFound(McpExchange exchange, String uri) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("uri", uri);
        int code = exchange.version().isModern()
                ? JsonRpcErrorCode.INVALID_PARAMS
                : McpErrorCode.LEGACY_RESOURCE_NOT_FOUND;
        return new McpException(code, "There is no such resource; resources/templates/list says which there are", data);
    }
}
