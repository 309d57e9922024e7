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
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Lets what comes on a connection that has become a WebSocket pass by the filters for HTTP. The codec would only wrap
 * it, and for that keep the request of the handshake, which is half of all that an idle connection takes.
 */
final class UpgradedConnections extends BaseFilter implements AddOn {
    private static final Attribute<Boolean> UPGRADED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(UpgradedConnections.class.getName());

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

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        if (UPGRADED.isSet(connection)) {
            connection.getAttributes().removeAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
            context.setMessage(HttpContent.create(null, false, (Buffer) context.getMessage()));
            context.setFilterIdx(context.getFilterChain().indexOf(last));
        }
        return context.getInvokeAction();
    }
}
