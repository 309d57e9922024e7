package io.github.moodlemcp.server.jakarta;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.bridge.SideEffect;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * What two threads may see who use at once what decides who ends a command, who may claim it, who has a place and who holds
 * a browser; {@link InterleavingsTest} tries it.
 */
public final class Interleavings {
    private static final AccountId ANNA = new AccountId("anna");
    private static final BridgeId LAPTOP = new BridgeId(ANNA, "laptop");
    private static final BridgeId PHONE = new BridgeId(ANNA, "phone");
    private static final Deadline LATER = Deadline.after(Duration.ofHours(1));
    private static final Command COMMAND = new Command(
            CommandId.random(new SecureRandom()),
            "create_section",
            JsonNodeFactory.instance.objectNode(),
            null,
            SideEffect.WRITE);

    private Interleavings() {}

    /** A command that waits. */
    @State
    public static class Waiting {
        private final PendingCommands pending = new PendingCommands(1);

        public Waiting() {
            pending.note(COMMAND, LATER, ProgressListener.none());
        }

        /** Whether this was granted the claim. */
        String claim() {
            return pending.claim(COMMAND.id().value()).isEmpty() ? "granted" : "refused";
        }

        /** What the command ended with if this ended it. */
        String end() {
            String[] seen = {"nothing"};
            pending.end(COMMAND.id().value(), claimed -> {
                seen[0] = claimed ? "claimed" : "unclaimed";
                return new CommandOutcome.TimedOut(claimed);
            });
            return seen[0];
        }

        /** What the command ended with if this ended it. */
        String close() {
            String[] seen = {"nothing"};
            pending.close(claimed -> {
                seen[0] = claimed ? "claimed" : "unclaimed";
                return new CommandOutcome.Disconnected(claimed);
            });
            return seen[0];
        }

        /** Whether this ended the command. */
        boolean cancel() {
            return pending.cancel(COMMAND.id().value());
        }
    }

    @JCStressTest
    @Outcome(
            id = {"granted, refused", "refused, granted"},
            expect = ACCEPTABLE,
            desc = "One is granted")
    public static class TwoClaims {
        @Actor
        public void one(Waiting command, LL_Result seen) {
            seen.r1 = command.claim();
        }

        @Actor
        public void other(Waiting command, LL_Result seen) {
            seen.r2 = command.claim();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"granted, claimed", "refused, unclaimed"},
            expect = ACCEPTABLE,
            desc = "One before the other")
    public static class ClaimAndEnd {
        @Actor
        public void claim(Waiting command, LL_Result seen) {
            seen.r1 = command.claim();
        }

        @Actor
        public void end(Waiting command, LL_Result seen) {
            seen.r2 = command.end();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"granted, false", "refused, true"},
            expect = ACCEPTABLE,
            desc = "Whichever came first")
    public static class ClaimAndCancellation {
        @Actor
        public void claim(Waiting command, LL_Result seen) {
            seen.r1 = command.claim();
        }

        @Actor
        public void cancel(Waiting command, LL_Result seen) {
            seen.r2 = command.cancel();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"unclaimed, nothing", "nothing, unclaimed"},
            expect = ACCEPTABLE,
            desc = "One ends it")
    public static class EndAndClose {
        @Actor
        public void end(Waiting command, LL_Result seen) {
            seen.r1 = command.end();
        }

        @Actor
        public void close(Waiting command, LL_Result seen) {
            seen.r2 = command.close();
        }
    }

    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It is not let in, or it ends")
    @State
    public static class NoteAndClose {
        private final PendingCommands pending = new PendingCommands(1);
        private PendingCommands.Noted noted = new PendingCommands.Noted.Closed();

        @Actor
        public void note() {
            noted = pending.note(COMMAND, LATER, ProgressListener.none());
        }

        @Actor
        public void close() {
            pending.close(CommandOutcome.Disconnected::new);
        }

        @Arbiter
        public void after(Z_Result over) {
            over.r1 = !(noted instanceof PendingCommands.Noted.Waiting(var outcome))
                    || outcome.toCompletableFuture().isDone();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has the place")
    @State
    public static class TwoBrowsers {
        private final AccountShares shares = new AccountShares(1, 1, new ByteBudget(1), 1);

        @Actor
        public void one(ZZ_Result entered) {
            entered.r1 = shares.enter(LAPTOP).isPresent();
        }

        @Actor
        public void other(ZZ_Result entered) {
            entered.r2 = shares.enter(PHONE).isPresent();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has the place")
    @State
    public static class TwoCommands {
        private final AccountShares.Place place =
                new AccountShares(1, 1, new ByteBudget(1), 1).enter(LAPTOP).orElseThrow();

        @Actor
        public void one(ZZ_Result begun) {
            begun.r1 = place.beginCommand();
        }

        @Actor
        public void other(ZZ_Result begun) {
            begun.r2 = place.beginCommand();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has the place")
    @State
    public static class TwoStrangers {
        private final Strangers strangers = new Strangers(2, 1);

        @Actor
        public void one(ZZ_Result entered) {
            entered.r1 = strangers.enter("192.0.2.1") instanceof Strangers.Entry.Counted;
        }

        @Actor
        public void other(ZZ_Result entered) {
            entered.r2 = strangers.enter("192.0.2.1") instanceof Strangers.Entry.Counted;
        }
    }

    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "They fit once")
    @State
    public static class TwoTakings {
        private final ByteBudget budget = new ByteBudget(3);

        @Actor
        public void one(ZZ_Result taken) {
            taken.r1 = budget.take(2) == ByteBudget.Taking.TAKEN;
        }

        @Actor
        public void other(ZZ_Result taken) {
            taken.r2 = budget.take(2) == ByteBudget.Taking.TAKEN;
        }
    }

    @JCStressTest
    @Outcome(id = "later", expect = ACCEPTABLE, desc = "The later one stays")
    @State
    public static class RegistrationAndEndOfTheEarlier {
        private final InProcessCommandRouter router = new InProcessCommandRouter();
        private final CommandRouter.Registration earlier = router.register(new Silent(LAPTOP, "earlier"));

        @Actor
        public void register() {
            router.register(new Silent(LAPTOP, "later"));
        }

        @Actor
        public void end() {
            earlier.close();
        }

        @Arbiter
        public void after(L_Result seen) {
            seen.r1 = names(router);
        }
    }

    @JCStressTest
    @Outcome(id = "laptop phone", expect = ACCEPTABLE, desc = "Both are held")
    @State
    public static class TwoRegistrations {
        private final InProcessCommandRouter router = new InProcessCommandRouter();

        @Actor
        public void one() {
            router.register(new Silent(LAPTOP, "laptop"));
        }

        @Actor
        public void other() {
            router.register(new Silent(PHONE, "phone"));
        }

        @Arbiter
        public void after(L_Result seen) {
            seen.r1 = names(router);
        }
    }

    private static String names(CommandRouter router) {
        return String.join(
                " ",
                router.connected(ANNA).toCompletableFuture().join().stream()
                        .map(ConnectedBrowser::name)
                        .toList());
    }

    /** A connection that sends nothing. */
    private record Silent(BridgeId bridge, String name) implements BridgeConnection {
        @Override
        public ConnectedBrowser describe() {
            return new ConnectedBrowser(bridge, name, "0.1.0", Instant.EPOCH, Instant.EPOCH, List.of(), List.of());
        }

        @Override
        public CompletionStage<CommandOutcome> send(Command command, Deadline deadline, ProgressListener progress) {
            return CompletableFuture.completedFuture(new CommandOutcome.NotConnected());
        }

        @Override
        public void cancel(CommandId command) {}

        @Override
        public void close(CloseReason reason) {}
    }
}
