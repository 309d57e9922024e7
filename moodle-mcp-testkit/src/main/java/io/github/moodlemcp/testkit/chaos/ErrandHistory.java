package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.BrowserStood;
import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.CancelArrived;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.JournalShown;
import io.github.moodlemcp.testkit.chaos.Event.ReplySent;
import java.util.ArrayList;
import java.util.List;

/** All that happened for one errand, sorted by what it is. For one thread. */
final class ErrandHistory {
    final String name;
    final List<CallBegun> begun = new ArrayList<>(1);
    final List<CallEnded> ended = new ArrayList<>(1);
    final List<CommandArrived> arrivals = new ArrayList<>(1);
    final List<CancelArrived> cancels = new ArrayList<>(0);
    final List<ClaimAnswered> claims = new ArrayList<>(0);
    final List<CommandExecuted> executions = new ArrayList<>(1);
    final List<ReplySent> replies = new ArrayList<>(1);
    final List<JournalShown> journal = new ArrayList<>(0);
    final List<BrowserStood> stood = new ArrayList<>(0);

    ErrandHistory(String name) {
        this.name = name;
    }

    void add(Event event) {
        switch (event) {
            case CallBegun call -> begun.add(call);
            case CallEnded call -> ended.add(call);
            case CommandArrived command -> arrivals.add(command);
            case CancelArrived cancel -> cancels.add(cancel);
            case ClaimAnswered claim -> claims.add(claim);
            case CommandExecuted execution -> executions.add(execution);
            case ReplySent reply -> replies.add(reply);
            case JournalShown shown -> journal.add(shown);
            case BrowserStood browser -> stood.add(browser);
        }
    }
}
