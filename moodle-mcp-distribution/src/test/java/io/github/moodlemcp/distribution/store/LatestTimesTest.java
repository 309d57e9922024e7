package io.github.moodlemcp.distribution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LatestTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final List<Map<UUID, Instant>> written = new ArrayList<>();
    private final UUID id = UUID.randomUUID();

    @Test
    void onlyTheLatestTimeIsWrittenAndOnlyOnce() {
        LatestTimes times = new LatestTimes(written::add);
        times.note(id, NOW.plusSeconds(1));
        times.note(id, NOW);
        times.write();
        times.write();
        assertThat(written).containsExactly(Map.of(id, NOW.plusSeconds(1)));
    }

    @Test
    void whatCouldNotBeWrittenIsKept() {
        LatestTimes broken = new LatestTimes(batch -> {
            if (written.isEmpty()) {
                written.add(Map.of());
                throw new IllegalStateException("the database is away");
            }
            written.add(batch);
        });
        broken.note(id, NOW);
        assertThatThrownBy(broken::write).hasMessage("the database is away");
        broken.write();
        assertThat(written).last().isEqualTo(Map.of(id, NOW));
    }

    @Test
    void aTimeNotedWhileTheOthersAreWrittenIsNotLost() {
        List<LatestTimes> self = new ArrayList<>();
        LatestTimes times = new LatestTimes(batch -> {
            written.add(batch);
            if (written.size() == 1) {
                self.getFirst().note(id, NOW.plusSeconds(5));
            }
        });
        self.add(times);
        times.note(id, NOW);
        times.write();
        times.write();
        assertThat(written).containsExactly(Map.of(id, NOW), Map.of(id, NOW.plusSeconds(5)));
    }
}
