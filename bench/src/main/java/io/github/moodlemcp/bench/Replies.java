package io.github.moodlemcp.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;

/** What the extensions answer to every command: a list of courses. */
final class Replies {
    private static final int FRAME_LIMIT = 1 << 20;
    private static final String COMMAND = "00112233445566778899aabbccddeeff";

    private Replies() {}

    /** @param courses how many courses it lists; one is about 170 bytes */
    static ObjectNode result(int courses) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("courses");
        for (int i = 1; i <= courses; i++) {
            list.addObject()
                    .put("id", 100 + i)
                    .put("name", "Course " + i + ": Introduction to measuring")
                    .put("short_name", "MEAS-" + i)
                    .put("category", "Winter term")
                    .put("start", "2026-10-01T08:00:00+02:00")
                    .put("progress", 40);
        }
        result.putObject("coverage").put("returned", courses).put("more", false);
        return result;
    }

    /** The frame with that result. */
    static String frame(int courses) {
        return new BridgeCodec(FRAME_LIMIT).encode(new ExtensionFrame.Reply(COMMAND, result(courses)));
    }
}
