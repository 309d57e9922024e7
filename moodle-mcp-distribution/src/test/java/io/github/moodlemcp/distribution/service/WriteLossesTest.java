package io.github.moodlemcp.distribution.service;

import static io.github.moodlemcp.distribution.service.WritingService.keyOf;
import static io.github.moodlemcp.distribution.service.WritingService.note;
import static io.github.moodlemcp.distribution.service.WritingService.outcomeOf;
import static io.github.moodlemcp.distribution.service.WritingService.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.protocol.bridge.Hello.JournalEntry;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a write whose browser or service is lost, with the records in PostgreSQL. */
@ExtendWith(TestDatabase.class)
class WriteLossesTest {
    private static final String LAPTOP = "6f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a21";
    private static final String FULL = "full";

    /** Longer than the journal reader waits for other nodes before it takes a young write for one that never began. */
    private static final Duration DEADLINE = Duration.ofSeconds(6);

    private Stores stores;
    private AccountId anna;
    private WritingService service;

    @BeforeEach
    void start(DataSource database) throws IOException {
        stores = Stores.on(database, Clock.systemUTC());
        AccountLookup lookup = stores.accounts()
                .findOrCreate(Identity.local("anna@example.org"), "anna@example.org", "Anna", Instant.now());
        anna = new AccountId(((AccountLookup.Created) lookup).account().id().toString());
        service = new WritingService(anna, stores.writeRecords(), DEADLINE);
    }

    @AfterEach
    void stop() {
        service.close();
        stores.close();
    }

    @Test
    void lostBeforeTheClaimItWasNotDeliveredAndItsKeyIsFree() {
        WritingService.Browser laptop = service.browser(LAPTOP);
        CompletableFuture<Answer> call = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();
        laptop.extension.askApproval(run.command());
        laptop.extension.vanish();

        assertThat(outcomeOf(call.join())).isEqualTo("not_delivered");
        WritingService.Browser back = service.browser(LAPTOP);
        assertThat(back.extension.claim(run.command())).contains("unknown_command");
        CompletableFuture<Answer> again = service.call("Hello", "k");
        back.carryOut(back.run());
        assertThat(outcomeOf(again.join())).isEqualTo("done");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "done, done",
        "refused, failed",
        "claimed, outcome_unknown",
        "from_the_future, outcome_unknown",
        "full, outcome_unknown",
        ", not_delivered"
    })
    void lostAfterTheClaimTheJournalDecides(String journal, String outcome) {
        WritingService.Browser laptop = service.browser(LAPTOP);
        CompletableFuture<Answer> call = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();
        assertThat(laptop.extension.claim(run.command())).isEmpty();
        laptop.extension.vanish();
        WritingService.Browser back = cameBack(journal, run);

        Answer answer = call.join();
        assertThat(outcomeOf(answer)).isEqualTo(outcome);
        CompletableFuture<Answer> again = service.call("Hello", "k");
        if (outcome.equals("not_delivered")) {
            back.carryOut(back.run());
            assertThat(outcomeOf(again.join())).isEqualTo("done");
        } else {
            assertThat(outcomeOf(again.join())).isEqualTo(outcome);
            assertThat(back.runs).isEmpty();
        }
    }

    private WritingService.Browser cameBack(String journal, ServiceFrame.Run run) {
        if (journal == null) {
            return service.browser(LAPTOP);
        }
        return journal.equals(FULL)
                ? service.browserWithFullJournal(LAPTOP)
                : service.browser(LAPTOP, new JournalEntry(run.command(), journal));
    }

    @Test
    void aBrowserThatComesBackAfterTheAnswerCorrectsTheRecord() {
        WritingService.Browser laptop = service.browser(LAPTOP);
        CompletableFuture<Answer> call = service.call(note("Hello"));
        ServiceFrame.Run run = laptop.run();
        assertThat(laptop.extension.claim(run.command())).isEmpty();
        laptop.extension.vanish();
        Answer unknown = call.join();
        assertThat(outcomeOf(unknown)).isEqualTo("outcome_unknown");

        service.browser(LAPTOP, new JournalEntry(run.command(), "claimed"));
        Answer still = service.call("Hello", keyOf(unknown)).join();
        assertThat(outcomeOf(still)).isEqualTo("outcome_unknown");
        service.browser(LAPTOP, new JournalEntry(run.command(), "done"));

        assertThat(untilItIs("done", keyOf(unknown))).contains("carried out already");
    }

    @Test
    void aNewConnectionOfTheBrowserEndsTheWritesOfTheOld() {
        WritingService.Browser laptop = service.browser(LAPTOP);
        CompletableFuture<Answer> call = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();
        assertThat(laptop.extension.claim(run.command())).isEmpty();

        service.browser(LAPTOP, new JournalEntry(run.command(), "done"));

        assertThat(outcomeOf(call.join())).isEqualTo("done");
        assertThat(laptop.extension.closeCode()).isEqualTo(4409);
    }

    @Test
    void aJournalSaysNothingOfAWriteThatIsUnderWay() {
        WritingService.Browser laptop = service.browser(LAPTOP);
        CompletableFuture<Answer> other = service.call("Other", "other");
        ServiceFrame.Run lost = laptop.run();
        assertThat(laptop.extension.claim(lost.command())).isEmpty();

        WritingService.Browser back = service.browser(LAPTOP, new JournalEntry(lost.command(), "claimed"));
        CompletableFuture<Answer> call = service.call("Hello", "k");
        ServiceFrame.Run run = back.run();
        assertThat(outcomeOf(other.join())).isEqualTo("outcome_unknown");
        back.carryOut(run);

        assertThat(outcomeOf(call.join())).isEqualTo("done");
        assertThat(outcomeOf(service.call("Hello", "k").join())).isEqualTo("done");
        assertThat(back.runs).hasSize(1);
    }

    @Test
    void anotherNodeHearsHowItEnded() throws IOException {
        WritingService.Browser laptop = service.browser(LAPTOP);
        try (WritingService other = new WritingService(anna, stores.writeRecords(), DEADLINE)) {
            CompletableFuture<Answer> here = service.call("Hello", "k");
            ServiceFrame.Run run = laptop.run();
            CompletableFuture<Answer> there = other.call("Hello", "k");
            assertThat(laptop.extension.claim(run.command())).isEmpty();
            laptop.extension.vanish();
            other.browser(LAPTOP, new JournalEntry(run.command(), "done"));

            assertThat(outcomeOf(here.join())).isEqualTo("done");
            assertThat(outcomeOf(there.join())).isEqualTo("done");
        }
    }

    @Test
    void aRestartForgetsNoWrite() throws IOException {
        WritingService.Browser laptop = service.browser(LAPTOP);
        CompletableFuture<Answer> done = service.call("Done", "done");
        laptop.carryOut(laptop.run());
        assertThat(outcomeOf(done.join())).isEqualTo("done");
        CompletableFuture<Answer> waiting = service.call("Waiting", "waiting");
        ServiceFrame.Run asked = laptop.run();
        laptop.extension.askApproval(asked.command());
        assertThat(outcomeOf(waiting.join())).isEqualTo("waiting_for_approval");
        CompletableFuture<Answer> acting = service.call("Acting", "acting");
        ServiceFrame.Run claimed = laptop.run();
        assertThat(laptop.extension.claim(claimed.command())).isEmpty();
        assertThat(outcomeOf(acting.join())).isEqualTo("outcome_unknown");

        service.close();
        service = new WritingService(anna, stores.writeRecords(), DEADLINE);
        WritingService.Browser back = service.browser(LAPTOP, new JournalEntry(claimed.command(), "done"));

        assertThat(outcomeOf(service.call("Done", "done").join())).isEqualTo("done");
        assertThat(untilItIs("done", "Acting", "acting")).contains("carried out already");
        assertThat(back.runs).isEmpty();
        CompletableFuture<Answer> again = service.call("Waiting", "waiting");
        back.carryOut(back.run());
        assertThat(outcomeOf(again.join())).isEqualTo("done");
    }

    private String untilItIs(String outcome, String key) {
        return untilItIs(outcome, "Hello", key);
    }

    /** Calls until the journal has been read, for up to 10 s. */
    private String untilItIs(String outcome, String text, String key) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        Answer answer = service.call(text, key).join();
        while (!outcomeOf(answer).equals(outcome) && System.nanoTime() < deadline) {
            answer = service.call(text, key).join();
        }
        assertThat(outcomeOf(answer)).isEqualTo(outcome);
        return textOf(answer);
    }
}
