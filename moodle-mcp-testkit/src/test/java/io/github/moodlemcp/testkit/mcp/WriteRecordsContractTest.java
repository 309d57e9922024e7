package io.github.moodlemcp.testkit.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.testkit.Race;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kit catches a store that breaks a rule. */
class WriteRecordsContractTest {
    private static final Set<WriteRecords.State> ANY = EnumSet.allOf(WriteRecords.State.class);

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                Arguments.of("write1", LooksBeforeItBegins.class),
                Arguments.of("write1", KeepsRecordsAtItsNode.class),
                Arguments.of("write2", ForgetsTheTool.class),
                Arguments.of("write3", ChangesWhateverThereIs.class),
                Arguments.of("write4", FreesWhateverThereIs.class),
                Arguments.of("write4", FreesNothing.class),
                Arguments.of("write5", ListsWhatIsUnknownAsEnded.class),
                Arguments.of("write5", ListsAllBrowsers.class),
                Arguments.of("write6", KeepsRecordsForEver.class),
                Arguments.of("write6", ForgetsTooSoon.class));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenStores")
    void aStoreThatBreaksTheRuleFails(String rule, Class<?> broken) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(broken, rule))
                                .build(),
                        listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }

    static class LooksBeforeItBegins extends WriteRecordsContract {
        private final Race race = new Race();

        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public Begun begin(WriteRecord fresh) {
                    Optional<WriteRecord> earlier = find(fresh.name());
                    race.gather();
                    super.begin(fresh);
                    return earlier.map(record -> new Begun(false, record)).orElse(new Begun(true, fresh));
                }
            };
        }
    }

    static class KeepsRecordsAtItsNode extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return WriteRecords.inMemory(clock);
        }

        @Override
        protected WriteRecords onAnotherNode(WriteRecords of) {
            return WriteRecords.inMemory(() -> Instant.EPOCH);
        }
    }

    static class ForgetsTheTool extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public Begun begin(WriteRecord fresh) {
                    Name name = new Name(
                            fresh.name().account(), "write_note", fresh.name().keyHash());
                    return super.begin(new WriteRecord(
                            name,
                            fresh.argumentsHash(),
                            fresh.browser(),
                            fresh.command(),
                            fresh.state(),
                            fresh.begun()));
                }
            };
        }
    }

    static class ChangesWhateverThereIs extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public boolean change(CommandId command, Set<State> expected, State changed) {
                    return super.change(command, ANY, changed);
                }
            };
        }
    }

    static class FreesWhateverThereIs extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public boolean free(CommandId command, Set<State> expected) {
                    return super.free(command, ANY);
                }
            };
        }
    }

    static class FreesNothing extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public boolean free(CommandId command, Set<State> expected) {
                    return false;
                }
            };
        }
    }

    static class ListsWhatIsUnknownAsEnded extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public List<WriteRecord> open(BridgeId bridge) {
                    return super.open(bridge).stream()
                            .filter(record -> record.state() != State.OUTCOME_UNKNOWN)
                            .toList();
                }
            };
        }
    }

    static class ListsAllBrowsers extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public List<WriteRecord> open(BridgeId bridge) {
                    return Stream.of("laptop", "phone")
                            .flatMap(browser -> super.open(new BridgeId(bridge.account(), browser)).stream())
                            .toList();
                }
            };
        }
    }

    static class KeepsRecordsForEver extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return WriteRecords.inMemory(() -> Instant.EPOCH);
        }
    }

    static class ForgetsTooSoon extends WriteRecordsContract {
        @Override
        protected WriteRecords newStore(InstantSource clock) {
            return WriteRecords.inMemory(() -> clock.instant().plusSeconds(2));
        }
    }

    private abstract static class Forwarding implements WriteRecords {
        private final WriteRecords delegate;

        Forwarding(InstantSource clock) {
            this.delegate = WriteRecords.inMemory(clock);
        }

        @Override
        public Begun begin(WriteRecord fresh) {
            return delegate.begin(fresh);
        }

        @Override
        public Optional<WriteRecord> find(Name name) {
            return delegate.find(name);
        }

        @Override
        public boolean change(CommandId command, Set<State> expected, State changed) {
            return delegate.change(command, expected, changed);
        }

        @Override
        public boolean free(CommandId command, Set<State> expected) {
            return delegate.free(command, expected);
        }

        @Override
        public List<WriteRecord> open(BridgeId bridge) {
            return delegate.open(bridge);
        }
    }
}
