package io.github.moodlemcp.protocol.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** One target, because the fuzzer takes one for each process. */
@Tag("fuzz")
class ServiceFrameFuzzTest {

    @FuzzTest(maxDuration = "40s")
    void ofServiceFrame(byte[] utf8) {
        Demands.ofServiceFrame(utf8);
    }
}
