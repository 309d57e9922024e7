package io.github.moodlemcp.testkit.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ForwardingCommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.bridge.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kit catches a router that breaks a rule: one broken router per rule. */
class CommandRouterContractTest {

    static Stream<Arguments> brokenRouters() {
        return Stream.of(
                Arguments.of("ROUTE-1", MixesBrowsersUp.class),
                Arguments.of("ROUTE-2", MakesOutcomesUp.class),
                Arguments.of("ROUTE-3", NeverAnswersForNobody.class),
                Arguments.of("ROUTE-4", KeepsTheEarlier.class),
                Arguments.of("ROUTE-5", RemovesByNameOnly.class),
                Arguments.of("ROUTE-6", OneBrowserPerAccount.class),
                Arguments.of("ROUTE-7", ForgetsToClose.class),
                Arguments.of("ROUTE-8", ListsInReverse.class),
                Arguments.of("ROUTE-9", ForgetsCancellations.class),
                Arguments.of("ROUTE-10", WaitsForTheOutcome.class),
                Arguments.of("ROUTE-11", KeepsProgressToItself.class),
                Arguments.of("ROUTE-12", TellsProgressOnly.class),
                Arguments.of("ROUTE-12", TellsOfClaimsLate.class));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenRouters")
    void aRouterThatBreaksTheRuleFails(String rule, Class<?> broken) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(broken, rule.replace("ROUTE-", "route")))
                                .build(),
                        listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }

    static class MixesBrowsersUp extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    List<ConnectedBrowser> any = super.connected(bridge.account())
                            .toCompletableFuture()
                            .join();
                    return super.route(any.isEmpty() ? bridge : any.getFirst().id(), command, deadline, progress);
                }
            };
        }
    }

    static class MakesOutcomesUp extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    return super.route(bridge, command, deadline, progress)
                            .thenApply(outcome -> outcome instanceof CommandOutcome.Disconnected
                                    ? new CommandOutcome.NotConnected()
                                    : outcome);
                }
            };
        }
    }

    static class NeverAnswersForNobody extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    return super.route(bridge, command, deadline, progress)
                            .thenCompose(outcome -> outcome instanceof CommandOutcome.NotConnected
                                    ? new CompletableFuture<>()
                                    : CompletableFuture.completedFuture(outcome));
                }
            };
        }
    }

    static class KeepsTheEarlier extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new ByMap() {
                @Override
                public Registration register(BridgeConnection connection) {
                    connections.putIfAbsent(connection.bridge(), connection);
                    return () -> connections.remove(connection.bridge(), connection);
                }
            };
        }
    }

    static class RemovesByNameOnly extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new ByMap() {
                @Override
                public Registration register(BridgeConnection connection) {
                    super.register(connection);
                    return () -> connections.remove(connection.bridge());
                }
            };
        }
    }

    static class OneBrowserPerAccount extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public Registration register(BridgeConnection connection) {
                    super.connected(connection.bridge().account())
                            .toCompletableFuture()
                            .join()
                            .forEach(other -> super.disconnect(other.id(), CloseReason.SUPERSEDED));
                    return super.register(connection);
                }
            };
        }
    }

    static class ForgetsToClose extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new ByMap() {
                @Override
                public void disconnect(BridgeId bridge, CloseReason reason) {
                    connections.remove(bridge);
                }
            };
        }
    }

    static class ListsInReverse extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<List<ConnectedBrowser>> connected(AccountId account) {
                    return super.connected(account).thenApply(browsers -> new ArrayList<>(browsers).reversed());
                }
            };
        }
    }

    static class ForgetsCancellations extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public void cancel(BridgeId bridge, CommandId command) {}
            };
        }
    }

    static class WaitsForTheOutcome extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    CompletableFuture<CommandOutcome> outcome =
                            super.route(bridge, command, deadline, progress).toCompletableFuture();
                    try {
                        outcome.get(10, TimeUnit.SECONDS);
                    } catch (InterruptedException | ExecutionException | TimeoutException e) {
                        outcome.completeExceptionally(e);
                    }
                    return outcome;
                }
            };
        }
    }

    static class KeepsProgressToItself extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    return super.route(bridge, command, deadline, ProgressListener.none());
                }
            };
        }
    }

    /** As a decorator would that was written before there was more to tell. */
    static class TellsProgressOnly extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    return super.route(bridge, command, deadline, progress::progressed);
                }
            };
        }
    }

    static class TellsOfClaimsLate extends CommandRouterContract {
        @Override
        protected CommandRouter newRouter() {
            return new Forwarding() {
                @Override
                public CompletionStage<CommandOutcome> route(
                        BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
                    AtomicBoolean claimed = new AtomicBoolean();
                    CompletableFuture<CommandOutcome> answered = new CompletableFuture<>();
                    super.route(bridge, command, deadline, new ProgressListener() {
                                @Override
                                public void progressed(Progress told) {
                                    progress.progressed(told);
                                }

                                @Override
                                public void approvalAsked() {
                                    progress.approvalAsked();
                                }

                                @Override
                                public void claimed() {
                                    claimed.set(true);
                                }
                            })
                            .thenAccept(outcome -> {
                                answered.complete(outcome);
                                if (claimed.get()) {
                                    progress.claimed();
                                }
                            });
                    return answered;
                }
            };
        }
    }

    private abstract static class Forwarding extends ForwardingCommandRouter {
        Forwarding() {
            super(new InProcessCommandRouter());
        }
    }

    /** A router as one would write it first, with a map. */
    private abstract static class ByMap implements CommandRouter {
        final ConcurrentMap<BridgeId, BridgeConnection> connections = new ConcurrentHashMap<>();

        @Override
        public Registration register(BridgeConnection connection) {
            BridgeConnection earlier = connections.put(connection.bridge(), connection);
            if (earlier != null) {
                earlier.close(CloseReason.SUPERSEDED);
            }
            return () -> connections.remove(connection.bridge(), connection);
        }

        @Override
        public CompletionStage<CommandOutcome> route(
                BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
            BridgeConnection connection = connections.get(bridge);
            return connection == null
                    ? CompletableFuture.completedFuture(new CommandOutcome.NotConnected())
                    : connection.send(command, deadline, progress);
        }

        @Override
        public void cancel(BridgeId bridge, CommandId command) {
            BridgeConnection connection = connections.get(bridge);
            if (connection != null) {
                connection.cancel(command);
            }
        }

        @Override
        public void disconnect(BridgeId bridge, CloseReason reason) {
            BridgeConnection connection = connections.remove(bridge);
            if (connection != null) {
                connection.close(reason);
            }
        }

        @Override
        public CompletionStage<List<ConnectedBrowser>> connected(AccountId account) {
            return CompletableFuture.completedFuture(connections.values().stream()
                    .filter(connection -> connection.bridge().account().equals(account))
                    .map(BridgeConnection::describe)
                    .toList());
        }
    }
}
