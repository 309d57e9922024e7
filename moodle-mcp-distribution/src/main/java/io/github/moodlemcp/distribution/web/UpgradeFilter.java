package io.github.moodlemcp.distribution.web;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents.IncomingHttpUpgradeEvent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Ends what Grizzly and Tyrus leave open around {@code Upgrade} headers; must stand before the filter of Tyrus.
 *
 * <ul>
 *   <li>A request that offers an upgrade we do not take is served as if it did not offer it (RFC 9110, section 7.8). Java's
 *       own HTTP client offers HTTP/2 with its first request; Grizzly then does not read the request's body as its length
 *       says, and closes the connection after the answer.
 *   <li>A WebSocket handshake that is refused gets an answer of known length, or its client waits for the rest for ever;
 *       one that Tyrus cannot read, and so calls an internal error, is a bad request.
 * </ul>
 */
final class UpgradeFilter extends BaseFilter implements AddOn {

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), this);
    }

    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
        if (event instanceof IncomingHttpUpgradeEvent offered) {
            HttpHeader header = offered.getHttpHeader();
            if (!"websocket".equalsIgnoreCase(header.getUpgrade())) {
                header.setIgnoreContentModifiers(false);
                header.getUpgradeDC().recycle();
                header.getHeaders().removeHeader(Header.Upgrade);
            }
        }
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) {
        if (context.getMessage() instanceof HttpPacket packet
                && packet.getHttpHeader() instanceof HttpResponsePacket response
                && response.getRequest().isUpgrade()
                && !response.isCommitted()) {
            answered(context.getConnection(), response);
        }
        return context.getInvokeAction();
    }

    private static void answered(Connection<?> connection, HttpResponsePacket response) {
        if (HttpStatus.SWITCHING_PROTOCOLS_101.statusMatches(response.getStatus())) {
            UpgradedConnections.add(connection);
            return;
        }
        if (response.getStatus() >= HttpStatus.BAD_REQUEST_400.getStatusCode() && response.getContentLength() < 0) {
            if (HttpStatus.INTERNAL_SERVER_ERROR_500.statusMatches(response.getStatus())) {
                response.setStatus(HttpStatus.BAD_REQUEST_400);
            }
            response.setContentLength(0);
            response.setHeader(Header.Connection, "close");
        }
    }
}
