package io.github.moodlemcp.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BridgeCodecPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BridgeCodec codec = new BridgeCodec(100_000);

    @Property
    void aFrameOfAnExtensionIsReadAsItWasWritten(@ForAll("extensionFrames") ExtensionFrame frame) {
        assertThat(codec.decodeExtensionFrame(codec.encode(frame))).isEqualTo(frame);
    }

    @Property
    void aFrameOfTheServiceIsReadAsItWasWritten(@ForAll("serviceFrames") ServiceFrame frame) {
        assertThat(codec.decodeServiceFrame(codec.encode(frame))).isEqualTo(frame);
    }

    @Property
    void anyTextIsAFrameOrMalformed(@ForAll("texts") String text) {
        assertThat(codec.decodeExtensionFrame(text)).isNotNull();
        assertThat(codec.decodeServiceFrame(text)).isNotNull();
    }

    @Property
    void aFrameWithAnythingInThePlaceOfAMemberIsAFrameOrMalformed(@ForAll("spoiltFrames") String text) {
        assertThat(codec.decodeExtensionFrame(text)).isNotNull();
        assertThat(codec.decodeServiceFrame(text)).isNotNull();
    }

    @Property
    void aMalformedFrameRepeatsNothingOfItsText(@ForAll("spoiltFrames") String text) {
        if (codec.decodeExtensionFrame(text.replace("m", "Marker")) instanceof ExtensionFrame.Malformed(var why)) {
            assertThat(why).doesNotContain("Marker");
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.randomValue(random -> Json.text(random, 60));
    }

    @Provide
    static Arbitrary<ExtensionFrame> extensionFrames() {
        return Arbitraries.randomValue(Frames::ofExtension);
    }

    @Provide
    static Arbitrary<ServiceFrame> serviceFrames() {
        return Arbitraries.randomValue(Frames::ofService);
    }

    @Provide
    static Arbitrary<String> spoiltFrames() {
        BridgeCodec codec = new BridgeCodec(100_000);
        return Arbitraries.randomValue(random -> spoilt(
                random.nextBoolean()
                        ? codec.encode(Frames.ofExtension(random))
                        : codec.encode(Frames.ofService(random)),
                random));
    }

    /** The frame with a random value in the place of a random one. */
    private static String spoilt(String frame, Random random) {
        try {
            JsonNode root = JSON.readTree(frame);
            List<JsonNode> containers = new ArrayList<>();
            addContainers(root, containers);
            JsonNode value = Json.value(random);
            switch (containers.get(random.nextInt(containers.size()))) {
                case ObjectNode object
                when !object.isEmpty() -> {
                    List<String> names = new ArrayList<>();
                    object.fieldNames().forEachRemaining(names::add);
                    object.set(names.get(random.nextInt(names.size())), value);
                }
                case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), value);
                default -> {}
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void addContainers(JsonNode node, List<JsonNode> found) {
        if (node.isContainerNode()) {
            found.add(node);
            node.forEach(child -> addContainers(child, found));
        }
    }
}
