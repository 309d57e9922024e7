package io.github.moodlemcp.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.chaos.Chaos;
import io.github.moodlemcp.testkit.chaos.ChaosPlan;
import io.github.moodlemcp.testkit.chaos.ChaosReport;
import io.github.moodlemcp.testkit.chaos.Ending;
import io.github.moodlemcp.testkit.chaos.Happening;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("chaos")
class ChaosTest {
    private static final long CALLS = 50_000;

    @Test
    void noCallIsMisroutedOrExecutedTwiceOrToldAnUntruth() throws IOException, InterruptedException {
        ChaosPlan plan = ChaosPlan.of(ThreadLocalRandom.current().nextLong(1_000_000_000), CALLS);
        System.out.println("seed: " + plan.seed());
        ChaosReport report;
        try (ServerProcess server = ServerProcess.start(
                ChaosBench.ACCOUNTS, ServerProcess.FOR_A_MINUTE, List.of(), Path.of("target", "chaos", "server.log"))) {
            report = Chaos.run(server.target(ChaosBench.ACCOUNTS), plan, ended -> {});
        }
        report.lines().forEach(System.out::println);

        assertThat(report.examples()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.calls()).isGreaterThanOrEqualTo(CALLS);
        assertThat(report.endings())
                .allSatisfy((ending, count) -> assertThat(count)
                        .as(ending.word())
                        .matches(times -> ending == Ending.BROKEN ? times == 0 : times > 0));
        assertThat(report.endings().get(Ending.DONE)).isGreaterThan(CALLS / 2);
        assertThat(report.happenings())
                .allSatisfy((happening, count) -> assertThat(count)
                        .as(happening.word())
                        .matches(times -> times > 0 || happening == Happening.REFUSED_TO_CONNECT));
    }
}
