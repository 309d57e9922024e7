package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.server.jakarta.ByteBudget.Taking;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget node = new ByteBudget(100);
    private final ByteBudget account = node.part(60);

    @Test
    void whatAPartTakesTheWholeTakesToo() {
        assertThat(account.take(60)).isEqualTo(Taking.TAKEN);
        assertThat(account.take(1)).isEqualTo(Taking.REFUSED);
        assertThat(node.taken()).isEqualTo(60);

        assertThat(node.part(60).take(41)).isEqualTo(Taking.REFUSED_BY_WHOLE);
        assertThat(node.part(60).take(40)).isEqualTo(Taking.TAKEN);
    }

    @Test
    void whatIsRefusedIsTakenNowhere() {
        node.takeAnyway(90);

        assertThat(account.take(11)).isEqualTo(Taking.REFUSED_BY_WHOLE);
        assertThat(account.taken()).isZero();
        assertThat(account.take(10)).isEqualTo(Taking.TAKEN);
    }

    @Test
    void whatCannotBeRefusedIsTakenBeyondTheLimit() {
        account.takeAnyway(70);
        assertThat(node.taken()).isEqualTo(70);
        assertThat(account.take(1)).isEqualTo(Taking.REFUSED);

        account.give(70);
        assertThat(account.take(60)).isEqualTo(Taking.TAKEN);
    }

    @Test
    void itIsExactHoweverManyTakeAtOnce() {
        ByteBudget tight = new ByteBudget(3);
        CompletableFuture<?>[] takers = IntStream.range(0, 4)
                .mapToObj(taker -> CompletableFuture.runAsync(() -> {
                    ByteBudget part = tight.part(2);
                    for (int i = 0; i < 20_000; i++) {
                        if (part.take(2) == Taking.TAKEN) {
                            assertThat(tight.taken()).isLessThanOrEqualTo(3);
                            part.give(2);
                        }
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(takers).join();

        assertThat(tight.taken()).isZero();
    }
}
