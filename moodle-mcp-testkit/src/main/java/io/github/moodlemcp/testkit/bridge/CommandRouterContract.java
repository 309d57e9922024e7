package io.github.moodlemcp.testkit.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.bridge.SideEffect;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link CommandRouter}: extend it for your router. Each test is named for its rule.
 */
public abstract class CommandRouterContract {
    private static final AccountId ANNA = new AccountId("anna");
    private static final AccountId BEN = new AccountId("ben");
    private static final BridgeId LAPTOP = new BridgeId(ANNA, "laptop");
    private static final BridgeId PHONE = new BridgeId(ANNA, "phone");
    private static final BridgeId BENS = new BridgeId(BEN, "laptop");
    private static final CommandOutcome DONE =
            new CommandOutcome.Completed(JsonNodeFactory.instance.objectNode().put("done", true));

    private final SecureRandom random = new SecureRandom();
    private CommandRouter router;

    /** For the subclass alone. */
    protected CommandRouterContract() {}

    /** A router that holds no connection. */
    protected abstract CommandRouter newRouter();

    @BeforeEach
    void makeRouter() {
        router = newRouter();
    }

    @Test
    @DisplayName("ROUTE-1: a command goes to the connection registered for its bridge, and to no other")
    void route1() {
        FakeConnection laptop = registered(LAPTOP);
        FakeConnection phone = registered(PHONE);
        FakeConnection bens = registered(BENS);
        Command command = command();

        router.route(PHONE, command, soon());

        assertThat(phone.sent()).containsExactly(command);
        assertThat(laptop.sent()).isEmpty();
        assertThat(bens.sent()).isEmpty();
    }

    @Test
    @DisplayName("ROUTE-2: the outcome of the connection is the outcome of the route")
    void route2() {
        FakeConnection laptop = registered(LAPTOP);
        CompletionStage<CommandOutcome> first = router.route(LAPTOP, command(), soon());
        CompletionStage<CommandOutcome> second = router.route(LAPTOP, command(), soon());

        laptop.end(1, DONE);
        laptop.end(0, new CommandOutcome.Disconnected(true));

        assertThat(get(second)).isEqualTo(DONE);
        assertThat(get(first)).isEqualTo(new CommandOutcome.Disconnected(true));
    }

    @Test
    @DisplayName("ROUTE-3: a bridge nobody holds is not connected, at once")
    void route3() {
        registered(PHONE);

        assertThat(get(router.route(LAPTOP, command(), soon()))).isEqualTo(new CommandOutcome.NotConnected());
    }

    @Test
    @DisplayName("ROUTE-4: a later registration supersedes and closes the earlier one")
    void route4() {
        FakeConnection earlier = registered(LAPTOP);
        FakeConnection later = registered(LAPTOP);

        router.route(LAPTOP, command(), soon());

        assertThat(earlier.closed()).containsExactly(CloseReason.SUPERSEDED);
        assertThat(earlier.sent()).isEmpty();
        assertThat(later.closed()).isEmpty();
        assertThat(later.sent()).hasSize(1);
    }

    @Test
    @DisplayName("ROUTE-5: ending a superseded registration leaves the later one in place")
    void route5() {
        CommandRouter.Registration earlier = router.register(new FakeConnection(LAPTOP));
        FakeConnection later = new FakeConnection(LAPTOP);
        CommandRouter.Registration current = router.register(later);

        earlier.close();
        router.route(LAPTOP, command(), soon());
        assertThat(later.sent()).hasSize(1);

        current.close();
        current.close();
        assertThat(get(router.route(LAPTOP, command(), soon()))).isEqualTo(new CommandOutcome.NotConnected());
    }

    @Test
    @DisplayName("ROUTE-6: browsers of one account live side by side; accounts never see each other's")
    void route6() {
        FakeConnection laptop = registered(LAPTOP);
        FakeConnection bens = registered(BENS);
        registered(PHONE);

        assertThat(laptop.closed()).isEmpty();
        assertThat(bens.closed()).isEmpty();
        assertThat(get(router.connected(BEN)).stream().map(ConnectedBrowser::id))
                .containsExactly(BENS);
        assertThat(get(router.route(new BridgeId(BEN, "phone"), command(), soon())))
                .isEqualTo(new CommandOutcome.NotConnected());
    }

    @Test
    @DisplayName("ROUTE-7: a disconnected bridge is closed with the reason and not connected any more")
    void route7() {
        FakeConnection laptop = registered(LAPTOP);
        FakeConnection phone = registered(PHONE);

        router.disconnect(LAPTOP, CloseReason.UNAUTHENTICATED);

        assertThat(laptop.closed()).containsExactly(CloseReason.UNAUTHENTICATED);
        assertThat(phone.closed()).isEmpty();
        assertThat(get(router.route(LAPTOP, command(), soon()))).isEqualTo(new CommandOutcome.NotConnected());
    }

    @Test
    @DisplayName("ROUTE-8: connected lists exactly the registered browsers, ordered by id")
    void route8() {
        CommandRouter.Registration phone = router.register(new FakeConnection(PHONE));
        registered(LAPTOP);
        assertThat(get(router.connected(ANNA)).stream().map(ConnectedBrowser::id))
                .containsExactly(LAPTOP, PHONE);

        phone.close();
        assertThat(get(router.connected(ANNA)).stream().map(ConnectedBrowser::id))
                .containsExactly(LAPTOP);
    }

    @Test
    @DisplayName("ROUTE-9: a cancellation reaches the connection that holds the bridge")
    void route9() {
        FakeConnection laptop = registered(LAPTOP);
        FakeConnection phone = registered(PHONE);
        Command command = command();
        router.route(LAPTOP, command, soon());

        router.cancel(LAPTOP, command.id());
        router.cancel(BENS, command.id());

        assertThat(laptop.cancelled()).containsExactly(command.id());
        assertThat(phone.cancelled()).isEmpty();
    }

    @Test
    @DisplayName("ROUTE-10: routing does not wait for the connection")
    void route10() throws InterruptedException, ExecutionException {
        registered(LAPTOP);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<CompletionStage<CommandOutcome>> routed =
                    thread.submit(() -> router.route(LAPTOP, command(), soon()));
            assertThat(routed.get(5, TimeUnit.SECONDS).toCompletableFuture()).isNotDone();
        } catch (TimeoutException e) {
            throw new AssertionError("The router waited for the outcome", e);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    @DisplayName("ROUTE-11: what is said of a command's progress reaches the listener of its route, and no other")
    void route11() {
        FakeConnection laptop = registered(LAPTOP);
        List<ProgressListener.Progress> first = new ArrayList<>();
        List<ProgressListener.Progress> second = new ArrayList<>();
        router.route(LAPTOP, command(), soon(), first::add);
        router.route(LAPTOP, command(), soon(), second::add);

        ProgressListener.Progress half = new ProgressListener.Progress(BigDecimal.ONE, BigDecimal.TWO, "half");
        laptop.progress(0, half);

        assertThat(first).containsExactly(half);
        assertThat(second).isEmpty();
    }

    @Test
    @DisplayName("ROUTE-12: an approval and a claim reach the listener of the route, and no other, before the outcome")
    void route12() {
        FakeConnection laptop = registered(LAPTOP);
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        CompletionStage<CommandOutcome> routed = router.route(LAPTOP, command(), soon(), writingDown(first));
        router.route(LAPTOP, command(), soon(), writingDown(second));
        CompletionStage<Boolean> ended = routed.thenApply(outcome -> first.add("outcome"));

        laptop.askApproval(0);
        laptop.claim(0);
        laptop.end(0, DONE);

        get(ended);
        assertThat(first).containsExactly("asked", "claimed", "outcome");
        assertThat(second).isEmpty();
    }

    private static ProgressListener writingDown(List<String> heard) {
        return new ProgressListener() {
            @Override
            public void progressed(Progress progress) {}

            @Override
            public void approvalAsked() {
                heard.add("asked");
            }

            @Override
            public void claimed() {
                heard.add("claimed");
            }
        };
    }

    @Test
    @DisplayName("ROUTE-4, ROUTE-5: of many registrations at once exactly one is left, and it is not closed")
    void storm() throws InterruptedException {
        List<FakeConnection> connections = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                FakeConnection connection = new FakeConnection(LAPTOP);
                connections.add(connection);
                threads.submit(() -> {
                    start.await();
                    return router.register(connection);
                });
            }
            start.countDown();
        }

        List<FakeConnection> open = connections.stream()
                .filter(connection -> connection.closed().isEmpty())
                .toList();
        assertThat(open).hasSize(1);
        router.route(LAPTOP, command(), soon());
        assertThat(open.getFirst().sent()).hasSize(1);
    }

    private FakeConnection registered(BridgeId bridge) {
        FakeConnection connection = new FakeConnection(bridge);
        router.register(connection);
        return connection;
    }

    private Command command() {
        return new Command(
                CommandId.random(random), "list_courses", JsonNodeFactory.instance.objectNode(), null, SideEffect.READ);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("No outcome", e);
        }
    }
}
