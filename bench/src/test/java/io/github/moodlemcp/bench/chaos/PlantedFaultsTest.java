package io.github.moodlemcp.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.chaos.Chaos;
import io.github.moodlemcp.testkit.chaos.ChaosPlan;
import io.github.moodlemcp.testkit.chaos.ChaosReport;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Puts a known defect into the product, and sees that the chaos finds it, and nothing where there is none. */
@Tag("chaos")
class PlantedFaultsTest {
    private static final int ACCOUNTS = 20;
    private static final long CALLS = 1_000;
    private static final long SEED = 1;
    private static final int AT_ONCE = 3;

    private static final Map<PlantedFault, Future<ChaosReport>> REPORTS = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    /** Most of a run is waiting: so some run at the same time. */
    @BeforeAll
    static void startAll() {
        int number = 0;
        for (PlantedFault fault : PlantedFault.all()) {
            Path own = folder.resolve("fault-" + number++);
            REPORTS.put(fault, threads.submit(() -> run(fault, own)));
        }
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
    }

    static Stream<PlantedFault> faults() {
        return REPORTS.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFound(PlantedFault fault) throws Exception {
        ChaosReport report = REPORTS.get(fault).get();

        System.out.println(fault + ": " + report.violations());
        Set<Kind> found = report.violations().keySet();
        String told = String.join(System.lineSeparator(), report.lines());
        if (fault.edits().isEmpty()) {
            assertThat(found).as("%s", told).isEmpty();
        } else {
            assertThat(found).as("%s", told).containsAll(fault.breaks());
        }
    }

    private static ChaosReport run(PlantedFault fault, Path own) throws IOException, InterruptedException {
        Path classes = PatchedClasses.compile(fault, own);
        try (ServerProcess server = ServerProcess.start(
                ACCOUNTS, ServerProcess.FOR_A_MINUTE, List.of(classes), own.resolve("server.log"))) {
            return Chaos.run(server.target(ACCOUNTS), ChaosPlan.harsh(SEED, CALLS), ended -> {});
        }
    }
}
