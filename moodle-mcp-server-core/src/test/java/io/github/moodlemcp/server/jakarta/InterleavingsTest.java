package io.github.moodlemcp.server.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Tries {@link Interleavings} with jcstress, in processes of its own. */
class InterleavingsTest {
    private static final String OPTIONS =
            "-c 2 -f 1 -iters 1 -time 200 -sc false -af NONE -spinStyle THREAD_YIELD -r report -jvmArgs -Xmx256m";

    @Test
    void noThreadSeesWhatItMustNot(@TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("log");

        int exit = run(folder, log);

        String told = Files.readString(log, UTF_8);
        assertThat(exit).as(told).isZero();
        assertThat(told).contains("Results: %1$d planned; %1$d passed, 0 failed".formatted(tests()));
    }

    private static long tests() {
        return Arrays.stream(Interleavings.class.getDeclaredClasses())
                .filter(test -> test.isAnnotationPresent(JCStressTest.class))
                .count();
    }

    private static int run(Path folder, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main"));
        command.addAll(List.of(OPTIONS.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("It ended").isTrue();
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
