package io.github.moodlemcp.server.jakarta;

import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The components as an application: the one form in which every REST runtime takes objects that are made already. */
public final class McpApplication extends Application {
    private final Set<Object> components;

    /** @param components resources, filters and features */
    public McpApplication(Set<Object> components) {
        this.components = Set.copyOf(components);
    }

    // Deprecated in favour of scanning for classes, which cannot be given constructor arguments.
    @Override
    @SuppressWarnings("deprecation")
    public Set<Object> getSingletons() {
        return components;
    }
}
