package io.github.moodlemcp.protocol.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** One target, because the fuzzer takes one for each process. */
@Tag("fuzz")
class ExtensionFrameFuzzTest {

    @FuzzTest(maxDuration = "40s")
    void ofExtensionFrame(byte[] utf8) {
        Demands.ofExtensionFrame(utf8);
    }
}
