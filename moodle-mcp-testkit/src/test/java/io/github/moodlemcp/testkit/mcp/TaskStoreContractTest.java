package io.github.moodlemcp.testkit.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.moodlemcp.server.spi.TaskStore;
import io.github.moodlemcp.testkit.Race;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kit catches a store that breaks a rule. */
class TaskStoreContractTest {

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                Arguments.of("task1", ForgetsTheResponses.class),
                Arguments.of("task1", KeepsTasksAtItsNode.class),
                Arguments.of("task2", ReplacesWhateverThereIs.class),
                Arguments.of("task2", LooksBeforeItActs.class),
                Arguments.of("task3", KeepsTasksForEver.class),
                Arguments.of("task3", ForgetsWhatHasEnded.class));
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

    static class ForgetsTheResponses extends TaskStoreContract {
        @Override
        protected TaskStore newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public void put(StoredTask task) {
                    super.put(new StoredTask(
                            task.revision(),
                            task.owner(),
                            task.tool(),
                            task.arguments(),
                            task.state(),
                            Map.of(),
                            task.view()));
                }
            };
        }
    }

    static class KeepsTasksAtItsNode extends TaskStoreContract {
        @Override
        protected TaskStore newStore(InstantSource clock) {
            return TaskStore.inMemory(clock);
        }

        @Override
        protected TaskStore onAnotherNode(TaskStore of) {
            return TaskStore.inMemory(() -> Instant.EPOCH);
        }
    }

    static class ReplacesWhateverThereIs extends TaskStoreContract {
        @Override
        protected TaskStore newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public boolean replace(StoredTask expected, StoredTask updated) {
                    put(updated);
                    return true;
                }
            };
        }
    }

    static class LooksBeforeItActs extends TaskStoreContract {
        private final Race race = new Race();

        @Override
        protected TaskStore newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public boolean replace(StoredTask expected, StoredTask updated) {
                    boolean isCurrent = find(expected.view().id())
                            .filter(current -> current.revision() == expected.revision())
                            .isPresent();
                    race.gather();
                    if (isCurrent) {
                        put(updated);
                    }
                    return isCurrent;
                }
            };
        }
    }

    static class KeepsTasksForEver extends TaskStoreContract {
        @Override
        protected TaskStore newStore(InstantSource clock) {
            return TaskStore.inMemory(() -> Instant.EPOCH);
        }
    }

    static class ForgetsWhatHasEnded extends TaskStoreContract {
        @Override
        protected TaskStore newStore(InstantSource clock) {
            return new Forwarding(clock) {
                @Override
                public Optional<StoredTask> find(String id) {
                    return super.find(id).filter(task -> !task.view().isOver());
                }
            };
        }
    }

    /** A good store, to break one thing of. */
    private static class Forwarding implements TaskStore {
        private final TaskStore tasks;

        Forwarding(InstantSource clock) {
            tasks = TaskStore.inMemory(clock);
        }

        @Override
        public void put(StoredTask task) {
            tasks.put(task);
        }

        @Override
        public Optional<StoredTask> find(String id) {
            return tasks.find(id);
        }

        @Override
        public boolean replace(StoredTask expected, StoredTask updated) {
            return tasks.replace(expected, updated);
        }
    }
}
