package io.github.moodlemcp.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunningTest {
    private final List<String> closed = new ArrayList<>();
    private final Running running = new Running();

    @Test
    void thePartsAreClosedOnceTheLastOneFirst() throws Exception {
        running.start(() -> {
            running.add(() -> closed.add("first"));
            running.add(() -> closed.add("second"));
        });
        running.close();
        running.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void aPartThatCannotBeClosedDoesNotKeepTheOthersOpen() throws Exception {
        running.start(() -> {
            running.add(() -> closed.add("first"));
            running.add(() -> {
                throw new IllegalStateException("stuck");
            });
        });
        running.close();
        assertThat(closed).containsExactly("first");
    }

    @Test
    void aStartEndsAtTheNextPartWhenClosingWasAskedFor() throws Exception {
        running.start(() -> {
            running.add(() -> closed.add("first"));
            running.close();
            running.add(() -> closed.add("second"));
            closed.add("never");
        });
        assertThat(closed).containsExactly("first", "second");
    }
}
