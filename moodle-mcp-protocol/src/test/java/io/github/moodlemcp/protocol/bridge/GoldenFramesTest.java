package io.github.moodlemcp.protocol.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden frames are the bridge protocol's specification: each is read, written and compared. */
class GoldenFramesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/bridge");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BridgeCodec codec = new BridgeCodec(1 << 20);

    static List<Path> extensionFrames() {
        return filesIn("extension-to-server");
    }

    static List<Path> serviceFrames() {
        return filesIn("server-to-extension");
    }

    @ParameterizedTest
    @MethodSource("extensionFrames")
    void aFrameOfAnExtensionIsReadAndWrittenAsItIs(Path file) throws IOException {
        ExtensionFrame frame = codec.decodeExtensionFrame(Files.readString(file));

        assertThat(frame).isNotInstanceOf(ExtensionFrame.Malformed.class);
        assertThat(withoutWords(JSON.readTree(codec.encode(frame))))
                .isEqualTo(withoutWords(JSON.readTree(Files.readString(file))));
    }

    @ParameterizedTest
    @MethodSource("serviceFrames")
    void aFrameOfTheServiceIsReadAndWrittenAsItIs(Path file) throws IOException {
        ServiceFrame frame = codec.decodeServiceFrame(Files.readString(file));

        assertThat(frame).isNotInstanceOf(ServiceFrame.Malformed.class);
        assertThat(JSON.readTree(codec.encode(frame))).isEqualTo(JSON.readTree(Files.readString(file)));
    }

    @ParameterizedTest
    @MethodSource("extensionFrames")
    void anUnknownMemberIsIgnored(Path file) throws IOException {
        ObjectNode changed = (ObjectNode) JSON.readTree(Files.readString(file));
        if (changed.path("params") instanceof ObjectNode params) {
            params.put("fromTheFuture", true);
        }
        changed.put("alsoFromTheFuture", 1);

        assertThat(codec.decodeExtensionFrame(changed.toString()))
                .isEqualTo(codec.decodeExtensionFrame(Files.readString(file)));
    }

    @Test
    void everyKindOfFrameHasAGoldenFrame() {
        assertThat(extensionFrames().stream().map(GoldenFramesTest::extensionKind))
                .contains(
                        ExtensionFrame.HelloFrame.class,
                        ExtensionFrame.Ping.class,
                        ExtensionFrame.Status.class,
                        ExtensionFrame.Approval.class,
                        ExtensionFrame.Claim.class,
                        ExtensionFrame.Progress.class,
                        ExtensionFrame.Reply.class,
                        ExtensionFrame.Failure.class);
        assertThat(serviceFrames().stream().map(GoldenFramesTest::serviceKind))
                .contains(
                        ServiceFrame.Welcome.class,
                        ServiceFrame.Pong.class,
                        ServiceFrame.ClaimAnswer.class,
                        ServiceFrame.Run.class,
                        ServiceFrame.Cancel.class,
                        ServiceFrame.LimitWarning.class);
    }

    private static Class<?> extensionKind(Path file) {
        return new BridgeCodec(1 << 20).decodeExtensionFrame(read(file)).getClass();
    }

    private static Class<?> serviceKind(Path file) {
        return new BridgeCodec(1 << 20).decodeServiceFrame(read(file)).getClass();
    }

    /** The words of an error are for people and not part of the contract; empty lists may be left out. */
    private static JsonNode withoutWords(JsonNode frame) {
        if (frame.path("error") instanceof ObjectNode error) {
            error.remove("message");
            if (error.path("data") instanceof ObjectNode data
                    && data.path("sites").isEmpty()) {
                data.remove("sites");
            }
        }
        return frame;
    }

    private static List<Path> filesIn(String folder) {
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
