package io.github.moodlemcp.distribution.web;

import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ExtendedResourceContext;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/** Reads the table by which Jersey finds the resource of a request. */
final class Routes {
    private Routes() {}

    /** Each method and path that a resource was written for, such as {@code POST /keys/{id}/revoke}. */
    static Set<String> of(ApplicationHandler handler) {
        Set<String> routes = new TreeSet<>();
        handler.getInjectionManager()
                .getInstance(ExtendedResourceContext.class)
                .getResourceModel()
                .getRootResources()
                .forEach(resource -> collect("", resource, routes));
        return routes;
    }

    private static void collect(String parent, Resource resource, Set<String> routes) {
        String path = joined(parent, resource.getPath());
        resource.getResourceMethods().stream()
                .filter(method -> !method.isExtended())
                .map(ResourceMethod::getHttpMethod)
                .forEach(method -> routes.add(method + " " + path));
        resource.getChildResources().forEach(child -> collect(path, child, routes));
    }

    private static String joined(String parent, String path) {
        return path.startsWith("/") ? parent + path : parent + "/" + path;
    }
}
