package io.github.moodlemcp.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Writes JSON trees as {@link JsonNode#toString()} does, with buffers that all threads share. That method keeps its buffers
 * by thread, so on a virtual thread, which lives for one request, it makes and clears new ones each time.
 */
public final class JsonWriter {
    private static final ObjectWriter WRITER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .build()
            .writer();

    private JsonWriter() {}

    /**
     * The tree as text. Safe for use by many threads.
     *
     * @throws IllegalArgumentException when the tree has more than 1000 levels
     */
    public static String text(JsonNode tree) {
        try {
            return WRITER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The tree cannot be written as JSON", e);
        }
    }
}
