package io.github.moodlemcp.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

    @ParameterizedTest
    @CsvSource({
        "1006, 0, 500",
        "1006, 1, 1000",
        "1006, 4, 8000",
        "1006, 5, 15000",
        "1006, 100000, 15000",
        "4408, 2, 2000",
        "1012, 9, 10000",
        "4429, 0, 60000"
    })
    void theWaitIsThatOfTheExtension(int code, int attempt, long millis) {
        assertThat(BackOff.after(code, attempt, 0.5)).contains(Duration.ofMillis(millis));
    }

    @Test
    void whoWasTakenOverOrIsTooOldStaysAway() {
        assertThat(BackOff.after(4409, 0, 0.5)).isEmpty();
        assertThat(BackOff.after(4426, 0, 0.5)).isEmpty();
    }
}
