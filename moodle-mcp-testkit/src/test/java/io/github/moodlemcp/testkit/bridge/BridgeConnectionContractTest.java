package io.github.moodlemcp.testkit.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kit catches a connection that breaks a rule: at least one broken connection per rule. */
class BridgeConnectionContractTest {

    static Stream<Arguments> brokenConnections() {
        return Stream.of(
                Arguments.of("conn1Reply", MakesOutcomesUp.class),
                Arguments.of("conn1Deadline", KnowsNoDeadline.class),
                Arguments.of("conn1ClaimedDeadline", ForgetsClaims.class),
                Arguments.of("conn2", MatchesRepliesByIdAlone.class),
                Arguments.of("conn3Gone", LeavesCommandsBehind.class),
                Arguments.of("conn3Gone", ForgetsClaims.class),
                Arguments.of("conn3Closed", LeavesCommandsBehind.class),
                Arguments.of("conn4", TriesAgain.class),
                Arguments.of("conn4", SendsTwice.class),
                Arguments.of("conn5Once", GrantsEveryClaim.class),
                Arguments.of("conn5Cancelled", GrantsEveryClaim.class),
                Arguments.of("conn5Cancelled", CancelsInSilence.class),
                Arguments.of("conn5Expired", GrantsEveryClaim.class),
                Arguments.of("conn5Ended", GrantsEveryClaim.class),
                Arguments.of("conn5Claimed", CancelsWhatWasClaimed.class),
                Arguments.of("conn5Race", GrantsEveryClaim.class),
                Arguments.of("conn5Told", TellsOfClaimsLate.class),
                Arguments.of("conn5Told", TellsEverybody.class));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenConnections")
    void aConnectionThatBreaksTheRuleFails(String test, Class<?> broken) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(broken, test))
                                .build(),
                        listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }

    static class MakesOutcomesUp extends Broken {
        @Override
        DirectConnection connection() {
            return new Answering(outcome -> new CommandOutcome.TimedOut(false));
        }
    }

    static class KnowsNoDeadline extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public CompletionStage<CommandOutcome> send(
                        Command command, Deadline deadline, ProgressListener progress) {
                    return super.send(command, Deadline.after(Duration.ofHours(1)), progress);
                }
            };
        }
    }

    static class ForgetsClaims extends Broken {
        @Override
        DirectConnection connection() {
            return new Answering(outcome -> switch (outcome) {
                case CommandOutcome.TimedOut ignored -> new CommandOutcome.TimedOut(false);
                case CommandOutcome.Disconnected ignored -> new CommandOutcome.Disconnected(false);
                case CommandOutcome.Completed other -> other;
                case CommandOutcome.Failed other -> other;
                case CommandOutcome.NotConnected other -> other;
                case CommandOutcome.Overloaded other -> other;
                case CommandOutcome.Rejected other -> other;
            });
        }
    }

    /** With one table for all connections. */
    static class MatchesRepliesByIdAlone extends Broken {
        private final List<DirectConnection> opened = new ArrayList<>();

        @Override
        DirectConnection connection() {
            DirectConnection connection = new DirectConnection() {
                @Override
                public void reply(CommandId command, JsonNode result) {
                    opened.forEach(any -> any.end(command, "expired", new CommandOutcome.Completed(result)));
                }
            };
            opened.add(connection);
            return connection;
        }
    }

    static class LeavesCommandsBehind extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public CompletionStage<CommandOutcome> send(
                        Command command, Deadline deadline, ProgressListener progress) {
                    return super.send(command, deadline, progress)
                            .thenCompose(outcome -> outcome instanceof CommandOutcome.Disconnected
                                    ? new CompletableFuture<>()
                                    : CompletableFuture.completedFuture(outcome));
                }
            };
        }
    }

    static class TriesAgain extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public CompletionStage<CommandOutcome> send(
                        Command command, Deadline deadline, ProgressListener progress) {
                    return super.send(command, deadline, progress).thenApply(outcome -> {
                        if (outcome instanceof CommandOutcome.TimedOut) {
                            super.send(command, Deadline.after(Duration.ofSeconds(5)), progress);
                        }
                        return outcome;
                    });
                }
            };
        }
    }

    static class SendsTwice extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public CompletionStage<CommandOutcome> send(
                        Command command, Deadline deadline, ProgressListener progress) {
                    super.send(command, deadline, progress);
                    return super.send(command, deadline, progress);
                }
            };
        }
    }

    static class GrantsEveryClaim extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public Optional<String> claim(CommandId command) {
                    super.claim(command);
                    return Optional.empty();
                }
            };
        }
    }

    static class CancelsInSilence extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                void tellCancelled(CommandId command) {}
            };
        }
    }

    static class CancelsWhatWasClaimed extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public void cancel(CommandId command) {
                    end(command, "cancelled", new CommandOutcome.TimedOut(true));
                }
            };
        }
    }

    static class TellsOfClaimsLate extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                @Override
                public CompletionStage<CommandOutcome> send(
                        Command command, Deadline deadline, ProgressListener progress) {
                    CompletableFuture<CommandOutcome> answered = new CompletableFuture<>();
                    super.send(command, deadline, ProgressListener.none()).thenAccept(outcome -> {
                        answered.complete(outcome);
                        progress.approvalAsked();
                        progress.claimed();
                    });
                    return answered;
                }
            };
        }
    }

    static class TellsEverybody extends Broken {
        @Override
        DirectConnection connection() {
            return new DirectConnection() {
                private final List<ProgressListener> everybody = new ArrayList<>();

                @Override
                public CompletionStage<CommandOutcome> send(
                        Command command, Deadline deadline, ProgressListener progress) {
                    everybody.add(progress);
                    return super.send(command, deadline, new ProgressListener() {
                        @Override
                        public void progressed(Progress told) {}

                        @Override
                        public void claimed() {
                            everybody.forEach(ProgressListener::claimed);
                        }

                        @Override
                        public void approvalAsked() {
                            everybody.forEach(ProgressListener::approvalAsked);
                        }
                    });
                }
            };
        }
    }

    private abstract static class Broken extends BridgeConnectionContract {
        abstract DirectConnection connection();

        @Override
        protected Opened open() {
            DirectConnection both = connection();
            return new Opened(both, both);
        }
    }

    /** Words each outcome its own way. */
    private static final class Answering extends DirectConnection {
        private final Function<CommandOutcome, CommandOutcome> wording;

        Answering(Function<CommandOutcome, CommandOutcome> wording) {
            this.wording = wording;
        }

        @Override
        public CompletionStage<CommandOutcome> send(Command command, Deadline deadline, ProgressListener progress) {
            return super.send(command, deadline, progress).thenApply(wording);
        }
    }
}
