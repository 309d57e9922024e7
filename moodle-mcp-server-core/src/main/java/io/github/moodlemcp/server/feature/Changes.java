package io.github.moodlemcp.server.feature;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.mcp.TaskView;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Where a server says that something it serves has changed, and its open streams hear of it. Safe for many threads. */
public final class Changes {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /** Nobody listens yet. */
    public Changes() {}

    /** Something that has changed. */
    public sealed interface Change {

        /** The list of tools. */
        record OfTools() implements Change {}

        /** The list of prompts. */
        record OfPrompts() implements Change {}

        /** The list of resources. */
        record OfResources() implements Change {}

        /** What a resource holds. */
        record OfResource(String uri) implements Change {
            public OfResource {
                requireNonNull(uri, "uri");
            }
        }

        /** How a task of this account stands; the server tells this itself. */
        record OfTask(AccountId owner, TaskView task) implements Change {
            public OfTask {
                requireNonNull(owner, "owner");
                requireNonNull(task, "task");
            }
        }
    }

    /** Tells all who listen, on this thread; it does not wait for clients. */
    public void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /** Listens until the registration is closed; the listener is called on the thread that tells, and must not block. */
    public Registration listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends the listening. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
