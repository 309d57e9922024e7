package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.server.feature.ResourceReader;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what reads the resource of an address. Immutable. */
final class ResourceAddresses {
    /** The longest address that is looked at, in characters. */
    static final int MAX_LENGTH = 2048;

    private final Map<String, ServedResource> resources;
    private final List<Template> templates;

    ResourceAddresses(Features features) {
        resources = features.resources();
        templates = features.templates().values().stream()
                .map(served -> new Template(new UriTemplate(served.template().uriTemplate()), served))
                .toList();
    }

    private record Template(UriTemplate addresses, ServedResourceTemplate served) {}

    /**
     * What reads an address.
     *
     * @param scope the scope a caller needs, or null
     * @param variables the values of the template's variables; empty for a single resource
     */
    record Found(@Nullable String scope, ResourceReader reader, Map<String, String> variables) {}

    /** The resource of this address, else the first template that fits. */
    Optional<Found> find(String uri) {
        if (uri.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        ServedResource single = resources.get(uri);
        if (single != null) {
            return Optional.of(new Found(single.scope(), single.reader(), Map.of()));
        }
        return templates.stream()
                .flatMap(template -> template.addresses().match(uri).stream()
                        .map(variables -> new Found(
                                template.served().scope(), template.served().reader(), variables)))
                .findFirst();
    }
}
