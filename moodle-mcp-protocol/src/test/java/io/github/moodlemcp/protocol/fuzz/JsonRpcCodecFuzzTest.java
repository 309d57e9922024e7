package io.github.moodlemcp.protocol.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** One target, because the fuzzer takes one for each process. */
@Tag("fuzz")
class JsonRpcCodecFuzzTest {

    @FuzzTest(maxDuration = "40s")
    void ofBody(byte[] body) {
        Demands.ofBody(body);
    }
}
