package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.JournalShown;
import io.github.moodlemcp.testkit.chaos.Event.Place;
import io.github.moodlemcp.testkit.load.Handshake;
import java.time.Duration;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One browser of an account: it connects, and again whenever its connection has ended, with the journal of what it did; and
 * now and then it is replaced by another. Safe for use by many threads.
 */
final class ChaoticBrowser implements Runnable {
    private static final int RETIRES_AFTER = 40;
    private static final int PINGS_EVERY = 20;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration REMEMBERS_CLAIMS = Duration.ofSeconds(10);
    private static final int MAX_BACK_OFF_MILLIS = 150;

    private final Crowd crowd;
    private final ChaosTarget.Member member;
    private final SplittableRandom random;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile Profile profile = new Profile();
    private volatile @Nullable Link current;

    /** One installation of the extension. */
    static final class Profile {
        final String id = UUID.randomUUID().toString();
        final Journal journal = new Journal();
        /** For what a claim was sent lately. */
        final Queue<Claimed> claimed = new ConcurrentLinkedQueue<>();
    }

    /** A command of which a claim was sent. */
    record Claimed(Link.Arrived command, long at) {}

    ChaoticBrowser(Crowd crowd, ChaosTarget.Member member, SplittableRandom random) {
        this.crowd = crowd;
        this.member = member;
        this.random = random;
    }

    String account() {
        return member.account();
    }

    /** The id of its profile. */
    String id() {
        return profile.id;
    }

    Profile profile() {
        return profile;
    }

    /** The connection in use, or null. */
    @Nullable
    Link link() {
        Link link = current;
        return link != null && link.isLive() ? link : null;
    }

    /** Lives until the chaos is over. */
    @Override
    public void run() {
        try {
            while (!crowd.isOver()) {
                Link link = link();
                if (link == null) {
                    pause(random.nextInt(MAX_BACK_OFF_MILLIS));
                    connect(profile);
                } else {
                    stay(link);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Link last = current;
        if (last != null) {
            last.close();
        }
    }

    private void stay(Link link) throws InterruptedException {
        for (int ticks = 1; !crowd.isOver() && !link.awaitEnd(TICK); ticks++) {
            if (ticks % PINGS_EVERY == 0) {
                link.ping();
            }
            if (profile.journal.size() >= RETIRES_AFTER) {
                crowd.recorder().count(Happening.NEW_PROFILE);
                profile = new Profile();
                link.close();
            }
        }
    }

    /** Opens a further connection, which supersedes the one in use; returns null when it fails. */
    @Nullable
    Link connect(Profile as) {
        connecting.lock();
        try {
            return connectNext(as);
        } finally {
            connecting.unlock();
        }
    }

    private @Nullable Link connectNext(Profile as) {
        long begunAt = System.nanoTime();
        Journal.Shown journal = as.journal.show();
        Link link = new Link(
                new Place(member.account(), as.id, crowd.nextConnection()),
                crowd.loop(),
                Handshake.ofExtension(crowd.target().webSocket(), crowd.target().origin(), member.extensionToken()),
                Link.hello(as.id, "Browser " + as.id, journal.entries()),
                journal.number(),
                crowd.recorder(),
                command -> crowd.obey(this, as, command));
        if (!link.awaitWelcome()) {
            crowd.recorder().count(Happening.REFUSED_TO_CONNECT);
            return null;
        }
        crowd.recorder().count(Happening.CONNECTED);
        if (as == profile) {
            current = link;
        }
        showJournal(as, link, journal, begunAt);
        return link;
    }

    private void showJournal(Profile as, Link link, Journal.Shown journal, long begunAt) {
        long now = System.nanoTime();
        as.claimed.removeIf(claimed -> now - claimed.at() > REMEMBERS_CLAIMS.toNanos());
        for (Claimed claimed : as.claimed) {
            Link.Arrived command = claimed.command();
            if (command.link().journalShown() < journal.number()) {
                crowd.recorder().count(Happening.JOURNAL_SHOWN);
                crowd.recorder()
                        .record(new JournalShown(
                                command.errand(),
                                command.command(),
                                link.place(),
                                journal.wordFor(command.command()),
                                begunAt,
                                link.since()));
            }
        }
    }

    /** Remembers that a claim is being sent, for the time after this connection. */
    static void remember(Profile as, Link.Arrived command) {
        as.claimed.add(new Claimed(command, System.nanoTime()));
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
