package io.github.moodlemcp.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void whatIsWrittenIsWhatTheTreeItselfWouldWrite() {
        JsonNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("text", "„é“ \uD83D\uDE00 \" \\ / \n \u0000 \u2028 </x>")
                .put("long", Long.MIN_VALUE)
                .put("decimal", new BigDecimal("1.50E+3"))
                .put("double", 0.1)
                .putNull("null")
                .set("array", JsonNodeFactory.instance.arrayNode().add(true).addObject());

        assertThat(JsonWriter.text(tree)).isEqualTo(tree.toString());
        assertThat(JsonWriter.text(tree)).isEqualTo(tree.toString());
    }

    @Test
    void aTreeWithoutEndIsRefused() {
        ArrayNode deepest = JsonNodeFactory.instance.arrayNode();
        ArrayNode root = deepest;
        for (int i = 0; i < 1500; i++) {
            root = JsonNodeFactory.instance.arrayNode().add(root);
        }
        ArrayNode tree = root;

        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.text(tree));
    }
}
