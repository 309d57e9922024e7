package io.github.moodlemcp.distribution.web;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Lets what comes on a connection that has become a WebSocket pass by the filters for HTTP. The codec would only wrap
 * it, and for that keep the request of the handshake, which is half of all that an idle connection takes. What is read while
 * the connection is being closed, when Tyrus has forgotten it already, goes nowhere.
 */
final class UpgradedConnections extends BaseFilter implements AddOn {
    private static final Attribute<Boolean> UPGRADED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(UpgradedConnections.class.getName());

    /** What Tyrus sees as the head of what it has forgotten: a request that offers no upgrade, so that it passes it on. */
    private static final HttpRequestPacket NO_UPGRADE = HttpRequestPacket.builder()
            .method(Method.GET)
            .uri("/")
            .protocol(Protocol.HTTP_1_1)
            .build();

    private final Filter last;

    /** @param last the last of the filters that are passed by: the one right before the filter of Tyrus */
    UpgradedConnections(Filter last) {
        this.last = last;
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), this);
    }

    /** Remembers that from the next read on no HTTP comes; to be called while the handshake is answered. */
    static void add(Connection<?> connection) {
        UPGRADED.set(connection, true);
    }

    /** Whether no HTTP comes on the connection any more. */
    static boolean has(Connection<?> connection) {
        return UPGRADED.isSet(connection);
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        if (has(connection)) {
            connection.getAttributes().removeAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
            context.setMessage(HttpContent.create(NO_UPGRADE, false, (Buffer) context.getMessage()));
            context.setFilterIdx(context.getFilterChain().indexOf(last));
        }
        return context.getInvokeAction();
    }

    /** Stands between Tyrus and what serves requests; to be added after Tyrus. */
    static final class Forgotten extends BaseFilter implements AddOn {
        @Override
        public void setup(NetworkListener listener, FilterChainBuilder chain) {
            chain.add(chain.indexOfType(org.glassfish.grizzly.http.server.HttpServerFilter.class), this);
        }

        @Override
        public NextAction handleRead(FilterChainContext context) {
            return has(context.getConnection()) ? context.getStopAction() : context.getInvokeAction();
        }
    }
}
