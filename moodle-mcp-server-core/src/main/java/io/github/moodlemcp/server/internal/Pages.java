package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts lists into pages. A cursor is opaque to clients; it says where the next page begins. */
final class Pages {
    private static final Pattern CURSOR = Pattern.compile("from:(\\d{1,6})");

    private final int size;

    /** @param size how many elements a page has; at least 1 */
    Pages(int size) {
        this.size = size;
    }

    /** One page; {@code nextCursor} is null on the last. */
    record Page<T>(List<T> elements, @Nullable String nextCursor) {}

    /** The page that the parameters ask for, the first when they name none. */
    <T> Page<T> of(List<T> all, ObjectNode params) {
        int from = params.has("cursor") ? position(params.get("cursor"), all.size()) : 0;
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? cursor(to) : null);
    }

    private static String cursor(int position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("from:" + position).getBytes(StandardCharsets.US_ASCII));
    }

    private static int position(JsonNode cursor, int total) {
        try {
            byte[] text = Base64.getUrlDecoder().decode(cursor.asText());
            Matcher matcher = CURSOR.matcher(new String(text, StandardCharsets.US_ASCII));
            if (cursor.isTextual() && matcher.matches()) {
                int position = Integer.parseInt(matcher.group(1));
                if (position > 0 && position < total) {
                    return position;
                }
            }
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
        throw unknown();
    }

    private static McpException unknown() {
        return McpException.invalidParams("unknown cursor; begin again without one");
    }
}
