package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FrameSenderTest {
    private final ByteBudget node = new ByteBudget(10_000);
    private final ByteBudget account = node.part(2000);
    private final List<String> sent = new ArrayList<>();
    /** What tells that the container has written a frame. */
    private final Queue<SendHandler> unwritten = new ArrayDeque<>();

    private final Session session = session();
    private final FrameSender sender = new FrameSender(session, 1000, account);

    private Session session() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, arguments -> {
            sent.add((String) arguments[0]);
            unwritten.add((SendHandler) arguments[1]);
            return null;
        });
        return proxy(Session.class, arguments -> remote);
    }

    private static <T> T proxy(Class<T> type, Function<Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer.apply(arguments)));
    }

    private void written() {
        unwritten.remove().onResult(new SendResult(session));
    }

    @Test
    void oneFrameIsWrittenAtATimeAndInOrder() {
        assertThat(sender.offer("a") && sender.offerOwed("b") && sender.offer("ü"))
                .isTrue();
        assertThat(sent).containsExactly("a");

        written();
        assertThat(sent).containsExactly("a", "b");
        written();
        written();

        assertThat(sent).containsExactly("a", "b", "ü");
        assertThat(account.taken()).isZero();
    }

    @Test
    void whatIsOfferedDuringAnActionComesAfterTheFrameThatFollowsIt() {
        sender.offerOwedAfter(
                () -> {
                    assertThat(sender.offer("command")).isTrue();
                    assertThat(sent).isEmpty();
                },
                "welcome");
        assertThat(sent).containsExactly("welcome");

        written();
        written();

        assertThat(sent).containsExactly("welcome", "command");
        assertThat(account.taken()).isZero();
    }

    @Test
    void anActionTakesPlaceThoughNothingIsSentAnyMore() {
        AtomicBoolean done = new AtomicBoolean();
        sender.close();

        sender.offerOwedAfter(() -> done.set(true), "welcome");

        assertThat(done).isTrue();
        assertThat(sent).isEmpty();
    }

    @Test
    void theFrameThatIsWrittenCountsForEachOfItsCopies() {
        sender.offer("x".repeat(100));
        assertThat(account.taken()).isEqualTo(300);

        sender.offer("ü".repeat(50));
        assertThat(account.taken()).isEqualTo(400);
        assertThat(node.taken()).isEqualTo(400);
    }

    @Test
    void whatDoesNotFitIsRefusedButOneFrameAlwaysMay() {
        assertThat(sender.offer("x".repeat(1500))).isTrue();
        assertThat(sender.offer("x")).isFalse();
        written();
        assertThat(sender.offer("x".repeat(100)) && sender.offer("x".repeat(700)))
                .isTrue();
        assertThat(sender.offer("x")).isFalse();
    }

    @Test
    void whatDoesNotFitTheBudgetsIsRefusedButNotWhatIsOwed() {
        account.takeAnyway(2000);

        assertThat(sender.offer("x")).isFalse();
        assertThat(sender.offerOwed("x")).isTrue();
        account.give(2000);
        node.takeAnyway(10_000);
        assertThat(sender.offer("x")).isFalse();
    }

    @Test
    void whoReadsNothingIsOwedOnlySoMuch() {
        String answer = "x".repeat(1024);
        for (int i = 0; i < 64; i++) {
            assertThat(sender.offerOwed(answer)).isTrue();
        }
        assertThat(sender.offerOwed(answer)).isFalse();

        written();
        assertThat(sender.offerOwed(answer)).isTrue();
    }

    @Test
    void theEndGivesEverythingBackOnce() {
        sender.offer("a".repeat(100));
        sender.offer("b".repeat(100));

        sender.close();
        assertThat(node.taken()).isZero();
        written();

        assertThat(node.taken()).isZero();
        assertThat(sender.offer("c") || sender.offerOwed("d")).isFalse();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatWaitsMovesToAnotherBudget() {
        ByteBudget other = node.part(2000);
        sender.offer("a".repeat(100));
        sender.offer("b".repeat(100));

        sender.chargeTo(other);

        assertThat(account.taken()).isZero();
        assertThat(other.taken()).isEqualTo(400);
        written();
        written();
        assertThat(node.taken()).isZero();
    }
}
