package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a page of a paged tool says of itself.
 *
 * @param next how many entries the next page skips
 * @param more whether there is a next page
 * @param total how many entries there are in all; as many as were read when the tool does not say
 */
record Coverage(int next, boolean more, int total) {

    /** That of a result; a page that brings nothing is the last, so that reading on ends. */
    static Coverage of(JsonNode result) {
        JsonNode coverage = result.path("coverage");
        int returned = Math.max(0, coverage.path("returned").asInt());
        int next = coverage.path("offset").asInt() + returned;
        boolean more = coverage.path("more").asBoolean() && returned > 0;
        return new Coverage(next, more, coverage.path("total").asInt(next));
    }
}
