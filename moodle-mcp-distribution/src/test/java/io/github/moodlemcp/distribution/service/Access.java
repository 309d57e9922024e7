package io.github.moodlemcp.distribution.service;

import java.util.List;

/** Whom a route is for, and how it names what belongs to somebody. */
sealed interface Access {
    /** For everybody: nothing in it belongs to anybody. */
    record Open(String path) implements Access {}

    /**
     * A page of whoever is signed in.
     *
     * @param path with a query if it needs one; empty for the route's own
     * @param whenNot the status for who is not
     */
    record Page(String path, int whenNot) implements Access {}

    /**
     * A form of whoever is signed in.
     *
     * @param names the fields, or parameters of the path in braces, that name something of theirs
     */
    record Form(List<Name> names) implements Access {}

    /** Of the MCP endpoint: for a key. */
    record Mcp() implements Access {}

    /** A field of a form, or a parameter of a path, and what it names. */
    record Name(String field, Thing thing) {}

    /** What a person has that a form can name. */
    enum Thing {
        KEY,
        BROWSER,
        APP,
        IDENTITY,
        WEB_SESSION
    }

    static Access open() {
        return new Open("");
    }

    /** For a route with a parameter: one path of it. */
    static Access open(String path) {
        return new Open(path);
    }

    static Access page() {
        return new Page("", 303);
    }

    static Access page(String path) {
        return new Page(path, 303);
    }

    /** Something that a script asks for: who is not signed in hears it by the status. */
    static Access fragment() {
        return new Page("", 401);
    }

    static Access form() {
        return new Form(List.of());
    }

    static Access form(String field, Thing thing) {
        return new Form(List.of(new Name(field, thing)));
    }

    static Access mcp() {
        return new Mcp();
    }
}
