package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.JournalShown;
import io.github.moodlemcp.testkit.chaos.Event.Place;
import io.github.moodlemcp.testkit.chaos.Event.Receipt;
import io.github.moodlemcp.testkit.chaos.Event.ReplySent;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What tests of the checker make histories of: of Anna, who has two browsers, and Ben. */
final class Histories {
    static final Place LAPTOP = new Place("anna", "laptop", 1);
    static final Place LAPTOP_LATER = new Place("anna", "laptop", 2);
    static final Place PHONE = new Place("anna", "phone", 3);
    static final Place BENS = new Place("ben", "laptop", 4);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private Histories() {}

    /** What the checker finds in a history. */
    static List<Kind> kinds(Event... history) {
        return HistoryChecker.check(List.of(history), PATIENCE).stream()
                .map(Violation::kind)
                .toList();
    }

    static CallBegun read() {
        return new CallBegun("e1", 1, "anna", "laptop", false, null, 0);
    }

    static CallBegun write() {
        return new CallBegun("e1", 1, "anna", "laptop", true, null, 0);
    }

    static CallBegun keyed(String errand, long call, String browser, long at) {
        return new CallBegun(errand, call, "anna", browser, true, "key", at);
    }

    static CallEnded ended(Ending ending) {
        return endedAt(1, ending, 9 * SECOND);
    }

    static CallEnded endedAt(long call, Ending ending, long at) {
        return new CallEnded("e1", call, ending, null, null, at);
    }

    static CallEnded doneWith(Place place, String command, String nonce) {
        Receipt receipt = new Receipt(place.account(), place.browser(), command, "e1", nonce);
        return new CallEnded("e1", 1, Ending.DONE, receipt, null, 9 * SECOND);
    }

    static CommandArrived arrived(String command, Place place) {
        return new CommandArrived("e1", command, place, 3_000, SECOND);
    }

    static CommandExecuted executed(String command, Place place, Effect effect) {
        return new CommandExecuted("e1", command, place, effect, 2 * SECOND);
    }

    static ReplySent replied(String command, Place place, String nonce) {
        return new ReplySent("e1", command, place, nonce);
    }

    static ClaimAnswered claim(String command, Place place, ClaimAnswer answer, long askedAt) {
        return new ClaimAnswered("e1", command, place, answer, askedAt);
    }

    static ClaimAnswered granted() {
        return claim("c1", LAPTOP, ClaimAnswer.GRANTED, 2 * SECOND);
    }

    static JournalShown journal(@Nullable String word, long at) {
        return new JournalShown("e1", "c1", LAPTOP_LATER, word, at - SECOND, at);
    }
}
