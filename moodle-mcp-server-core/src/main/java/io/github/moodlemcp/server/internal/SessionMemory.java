package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.server.feature.LogLevel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What this node remembers of MCP sessions: what they wait for, which log level and which resources they asked for. The
 * last 10 000 sessions are remembered; of a forgotten one the defaults hold. Safe for use by many threads.
 */
public final class SessionMemory {
    private static final int REMEMBERED = 10_000;
    private static final int MAX_RESOURCES = 100;

    private final ConcurrentMap<InFlight, Cancellation> inFlight = new ConcurrentHashMap<>();
    private final Map<String, Wishes> wishes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wishes> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Nothing is remembered yet. */
    public SessionMemory() {}

    private record InFlight(String session, RequestId request) {}

    private static final class Wishes {
        LogLevel logLevel = LogLevel.INFO;
        final Set<String> resources = new LinkedHashSet<>();
    }

    /** Makes a request cancellable until it is {@link #answered}; does nothing when it is of no session. */
    public void waiting(@Nullable String session, RequestId request, Cancellation cancellation) {
        if (session != null) {
            inFlight.put(new InFlight(session, request), cancellation);
        }
    }

    /** The request has its answer. */
    public void answered(@Nullable String session, RequestId request, Cancellation cancellation) {
        if (session != null) {
            inFlight.remove(new InFlight(session, request), cancellation);
        }
    }

    /** Cancels a request of the session; does nothing when it is not waiting here. */
    public void cancel(String session, RequestId request) {
        Cancellation cancellation = inFlight.get(new InFlight(session, request));
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    void setLogLevel(String session, LogLevel level) {
        synchronized (wishes) {
            of(session).logLevel = level;
        }
    }

    LogLevel logLevel(@Nullable String session) {
        synchronized (wishes) {
            Wishes known = session == null ? null : wishes.get(session);
            return known == null ? LogLevel.INFO : known.logLevel;
        }
    }

    /** Notes that the session wants to hear of a resource; returns false when it wants too many. */
    boolean subscribe(String session, String uri) {
        synchronized (wishes) {
            Set<String> resources = of(session).resources;
            if (resources.size() >= MAX_RESOURCES && !resources.contains(uri)) {
                return false;
            }
            resources.add(uri);
            return true;
        }
    }

    void unsubscribe(String session, String uri) {
        synchronized (wishes) {
            of(session).resources.remove(uri);
        }
    }

    boolean isSubscribed(String session, String uri) {
        synchronized (wishes) {
            Wishes known = wishes.get(session);
            return known != null && known.resources.contains(uri);
        }
    }

    private Wishes of(String session) {
        return wishes.computeIfAbsent(session, unseen -> new Wishes());
    }
}
