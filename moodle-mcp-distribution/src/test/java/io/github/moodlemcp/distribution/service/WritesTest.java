package io.github.moodlemcp.distribution.service;

import static io.github.moodlemcp.distribution.service.WritingService.keyOf;
import static io.github.moodlemcp.distribution.service.WritingService.note;
import static io.github.moodlemcp.distribution.service.WritingService.outcomeOf;
import static io.github.moodlemcp.distribution.service.WritingService.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.testkit.http.HttpSocket;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a write while its browser stays, from POST to the extension and back. */
class WritesTest {
    private static final String LAPTOP = "6f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a21";
    private static final String PHONE = "7f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a22";

    private WritingService service;
    private WritingService.Browser laptop;

    @BeforeEach
    void start() throws IOException {
        service = new WritingService(
                new AccountId("anna"), WriteRecords.inMemory(InstantSource.system()), Duration.ofSeconds(3));
        laptop = service.browser(LAPTOP);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aWriteIsCarriedOutOnceForItsKey() {
        CompletableFuture<Answer> first = service.call("Hello", "k1");
        ServiceFrame.Run run = laptop.run();
        laptop.carryOut(run);

        assertThat(run.sideEffect()).isEqualTo("write");
        assertThat(run.arguments().toString()).isEqualTo("{\"text\":\"Hello\"}");
        assertThat(run.remainingMs()).isBetween(650_000L, 660_000L);
        assertThat(outcomeOf(first.join())).isEqualTo("done");
        assertThat(textOf(first.join())).contains("\"note\":7");

        Answer second = service.call("Hello", "k1").join();
        assertThat(outcomeOf(second)).isEqualTo("done");
        assertThat(second.body().at("/result/isError").booleanValue()).isFalse();
        assertThat(textOf(second)).contains("carried out already", "read it back");
        assertThat(laptop.runs).containsExactly(run.command());
    }

    @Test
    void withoutAKeyEveryCallIsANewWrite() {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Answer> call = service.call(note("Hello"));
            laptop.carryOut(laptop.run());
            assertThat(outcomeOf(call.join())).isEqualTo("done");
        }
        assertThat(laptop.runs).hasSize(2);
    }

    @Test
    void aKeyIsForOneWriteHoweverItIsWritten() {
        CompletableFuture<Answer> first =
                service.call(note("Hello").put("weight", 5).put("request_key", "k"));
        laptop.carryOut(laptop.run());
        first.join();

        Answer other = service.call("Goodbye", "k").join();
        Answer same = service.call(JsonNodeFactory.instance
                        .objectNode()
                        .put("weight", 5.0)
                        .put("request_key", "k")
                        .put("browser", "nowhere")
                        .put("text", "Hello"))
                .join();

        assertThat(outcomeOf(other)).isEqualTo("failed");
        assertThat(textOf(other)).contains("other arguments", "new one");
        assertThat(outcomeOf(same)).isEqualTo("done");
        assertThat(laptop.runs).hasSize(1);
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        assertThat(textOf(service.call("Hello", "").join())).contains("request_key");
        assertThat(textOf(service.call("Hello", "two words").join())).contains("request_key");
        assertThat(laptop.runs).isEmpty();
    }

    @Test
    void aCallThatFindsThePersonUndecidedSaysSoAndTheNextOneHearsTheEnd() {
        CompletableFuture<Answer> first = service.call(note("Hello"));
        ServiceFrame.Run run = laptop.run();
        laptop.extension.askApproval(run.command());
        Answer waiting = first.join();

        assertThat(outcomeOf(waiting)).isEqualTo("waiting_for_approval");
        assertThat(keyOf(waiting)).matches("[0-9a-f]{32}");
        assertThat(textOf(waiting)).contains(keyOf(waiting), "same arguments", "Tell the person");

        CompletableFuture<Answer> joined = service.call("Hello", keyOf(waiting));
        CompletableFuture<Answer> still = service.call("Hello", keyOf(waiting));
        assertThat(outcomeOf(still.join())).isEqualTo("waiting_for_approval");
        assertThat(outcomeOf(joined.join())).isEqualTo("waiting_for_approval");
        CompletableFuture<Answer> last = service.call("Hello", keyOf(waiting));
        laptop.carryOut(run);

        assertThat(outcomeOf(last.join())).isEqualTo("done");
        assertThat(laptop.runs).hasSize(1);
    }

    @Test
    void whatIsApprovedAfterTheAnswerRunsOnceEvenIfNobodyWaits() {
        CompletableFuture<Answer> first = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();
        laptop.extension.askApproval(run.command());
        assertThat(outcomeOf(first.join())).isEqualTo("waiting_for_approval");

        laptop.carryOut(run);

        assertThat(outcomeOf(service.call("Hello", "k").join())).isEqualTo("done");
        assertThat(outcomeOf(service.call("Hello", "k").join())).isEqualTo("done");
        assertThat(laptop.runs).hasSize(1);
    }

    @Test
    void aPersonWhoApprovesInTimeIsNotWaitedFor() {
        CompletableFuture<Answer> call = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();
        laptop.extension.askApproval(run.command());
        laptop.carryOut(run);

        assertThat(outcomeOf(call.join())).isEqualTo("done");
    }

    @ParameterizedTest(name = "{0}, asked {1}, claimed {2}")
    @CsvSource({
        "rejected, true, false, rejected, true",
        "rejected, true, true, rejected, true",
        "moodle_refused, false, true, failed, true",
        "signed_out, false, false, failed, true",
        "unreachable, false, true, outcome_unknown, true",
        "from_the_future, false, true, outcome_unknown, true",
        "busy, false, false, not_delivered, false",
        "expired, true, false, not_delivered, false"
    })
    void aFailureIsToldAgainUnderItsKeyUnlessItWasNotDelivered(
            String reason, boolean asked, boolean claimed, String outcome, boolean isKept) {
        CompletableFuture<Answer> first = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();
        if (asked) {
            laptop.extension.askApproval(run.command());
        }
        if (claimed) {
            assertThat(laptop.extension.claim(run.command())).isEmpty();
        }
        laptop.extension.send(new ExtensionFrame.Failure(run.command(), new FailureReason(reason)));

        assertThat(outcomeOf(first.join())).isEqualTo(outcome);
        CompletableFuture<Answer> second = service.call("Hello", "k");
        if (!isKept) {
            laptop.carryOut(laptop.run());
        }
        assertThat(outcomeOf(second.join())).isEqualTo(isKept ? outcome : "done");
        assertThat(laptop.runs).hasSize(isKept ? 1 : 2);
    }

    @Test
    void whatABrowserNeverBeganIsCancelledAndCannotBeClaimedLater() {
        CompletableFuture<Answer> call = service.call("Hello", "k");
        ServiceFrame.Run run = laptop.run();

        assertThat(outcomeOf(call.join())).isEqualTo("not_delivered");
        assertThat(laptop.extension.nextFrame()).isEqualTo(new ServiceFrame.Cancel(run.command()));
        assertThat(laptop.extension.claim(run.command())).contains("cancelled");
    }

    @Test
    void aWriteThatActsBeyondTheDeadlineIsUnknownUntilItsEndIsKnown() {
        CompletableFuture<Answer> first = service.call(note("Hello"));
        ServiceFrame.Run run = laptop.run();
        assertThat(laptop.extension.claim(run.command())).isEmpty();
        Answer unknown = first.join();
        CompletableFuture<Answer> joined = service.call("Hello", keyOf(unknown));
        laptop.reply(run);

        assertThat(outcomeOf(unknown)).isEqualTo("outcome_unknown");
        assertThat(textOf(unknown)).contains(keyOf(unknown), "never carries it out twice");
        assertThat(outcomeOf(joined.join())).isEqualTo("done");
        assertThat(outcomeOf(service.call("Hello", keyOf(unknown)).join())).isEqualTo("done");
    }

    @Test
    void aCallerWhoGoesTakesAnUnclaimedWriteAlong() throws IOException {
        ServiceFrame.Run run;
        try (HttpSocket client = service.abandonableCall("Hello", "k")) {
            run = laptop.run();
            laptop.extension.askApproval(run.command());
        }

        assertThat(laptop.extension.nextFrame()).isEqualTo(new ServiceFrame.Cancel(run.command()));
        assertThat(laptop.extension.claim(run.command())).contains("cancelled");
        CompletableFuture<Answer> again = service.call("Hello", "k");
        laptop.carryOut(laptop.run());
        assertThat(outcomeOf(again.join())).isEqualTo("done");
    }

    @Test
    void aCallerWhoGoesLeavesAClaimedWriteToItsEnd() throws IOException {
        ServiceFrame.Run run;
        try (HttpSocket client = service.abandonableCall("Hello", "k")) {
            run = laptop.run();
            assertThat(laptop.extension.claim(run.command())).isEmpty();
        }
        CompletableFuture<Answer> again = service.call("Hello", "k");
        laptop.reply(run);

        assertThat(outcomeOf(again.join())).isEqualTo("done");
        assertThat(laptop.runs).hasSize(1);
    }

    @Test
    void aCallerWhoGoesLeavesAWriteThatAnotherWaitsFor() throws IOException {
        ServiceFrame.Run run;
        CompletableFuture<Answer> other;
        try (HttpSocket client = service.abandonableCall("Hello", "k")) {
            run = laptop.run();
            other = service.call("Hello", "k");
            laptop.extension.askApproval(run.command());
            assertThat(outcomeOf(service.call("Hello", "k").join())).isEqualTo("waiting_for_approval");
        }
        laptop.carryOut(run);

        assertThat(outcomeOf(other.join())).isIn("waiting_for_approval", "done");
        assertThat(outcomeOf(service.call("Hello", "k").join())).isEqualTo("done");
    }

    @Test
    void ofTwoCallsAtOnceFromTwoBrowsersOneRuns() {
        WritingService.Browser phone = service.browser(PHONE);
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            int ofLaptop = laptop.runs.size();
            List<CompletableFuture<Answer>> calls = List.of(
                    service.call(note("Hello").put("request_key", key).put("browser", LAPTOP)),
                    service.call(note("Hello").put("request_key", key).put("browser", PHONE)));
            WritingService.Browser chosen = whicheverRuns(round, ofLaptop, phone);
            chosen.carryOut(chosen.run());

            calls.forEach(call -> assertThat(outcomeOf(call.join())).isEqualTo("done"));
            assertThat(laptop.runs.size() + phone.runs.size()).isEqualTo(round + 1);
        }
    }

    private WritingService.Browser whicheverRuns(int before, int ofLaptop, WritingService.Browser phone) {
        await().until(() -> laptop.runs.size() + phone.runs.size() > before);
        return laptop.runs.size() > ofLaptop ? laptop : phone;
    }
}
