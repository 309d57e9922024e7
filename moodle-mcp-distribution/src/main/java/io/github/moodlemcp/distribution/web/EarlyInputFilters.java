package io.github.moodlemcp.distribution.web;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/** Stands around what reads from the socket: keeps {@link EarlyInput} from the HTTP codec, and gives it later. */
final class EarlyInputFilters implements AddOn {

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(TransportFilter.class), new Giver());
        chain.add(chain.indexOfType(HttpServerFilter.class), new Keeper());
    }

    /** Stands right before the filter that reads from the socket, and takes its place when there is kept input. */
    private static final class Giver extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            EarlyInput input = EarlyInput.of(context.getConnection());
            Buffer kept = input == null ? null : input.give(isOfServingThread(context));
            if (kept != null) {
                context.setMessage(kept);
                context.setFilterIdx(context.getFilterIdx() + 1);
            }
            return context.getInvokeAction();
        }
    }

    /** Stands right before the HTTP codec. */
    private static final class Keeper extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            EarlyInput input = EarlyInput.of(context.getConnection());
            if (input == null || isOfServingThread(context) || !input.keep(context.getMessage())) {
                return context.getInvokeAction();
            }
            // Not a stop: after a stop the chain would go on with a request that the codec may hold back.
            NextAction end = context.getSuspendAction();
            context.completeAndRecycle();
            return end;
        }
    }

    /** Whether this is a blocking read by the thread that serves a request, rather than one by the selector. */
    private static boolean isOfServingThread(FilterChainContext context) {
        return context.getTransportContext().isBlocking();
    }
}
