package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records the history in pieces, so that it never has to be held as a whole: the errands of one piece are checked, and
 * forgotten, once all of them have ended and what comes late has come. Safe for use by many threads.
 */
final class Recorder {
    private static final int ERRANDS_PER_PIECE = 5_000;
    private static final int EXAMPLES_PER_KIND = 3;

    private final Duration patience;
    private final long settleNanos;
    private final AtomicLong errands = new AtomicLong();
    private final ConcurrentMap<Long, Piece> pieces = new ConcurrentHashMap<>();
    private final Map<Ending, LongAdder> endings = new EnumMap<>(Ending.class);
    private final Map<Happening, LongAdder> happenings = new EnumMap<>(Happening.class);
    private final Map<Violation.Kind, Long> violations = new EnumMap<>(Violation.Kind.class);
    private final List<ChaosReport.Example> examples = new ArrayList<>();

    /**
     * @param patience how long the service may take for a call
     * @param settle how long after the end of the last call nothing that belongs to it can happen any more
     */
    Recorder(Duration patience, Duration settle) {
        this.patience = patience;
        this.settleNanos = settle.toNanos();
        for (Ending ending : Ending.values()) {
            endings.put(ending, new LongAdder());
        }
        for (Happening happening : Happening.values()) {
            happenings.put(happening, new LongAdder());
        }
    }

    /** Some errands, and what happened for them. */
    private static final class Piece {
        final Queue<Event> events = new ConcurrentLinkedQueue<>();
        final AtomicLong toBegin = new AtomicLong(ERRANDS_PER_PIECE);
        final AtomicLong open = new AtomicLong();
        volatile long lastClosed = System.nanoTime();
    }

    /** Begins an errand, which is to be {@linkplain #close closed} when its last call has ended. */
    String open() {
        long number = errands.getAndIncrement();
        Piece piece = pieces.computeIfAbsent(number / ERRANDS_PER_PIECE, first -> new Piece());
        piece.open.incrementAndGet();
        piece.toBegin.decrementAndGet();
        return "e" + number;
    }

    /** No call of the errand is to come any more, and all have ended. */
    void close(String errand) {
        Piece piece = pieces.get(pieceOf(errand));
        if (piece != null) {
            piece.lastClosed = System.nanoTime();
            piece.open.decrementAndGet();
        }
    }

    /** Notes an event. */
    void record(Event event) {
        if (event instanceof Event.CallEnded ended) {
            endings.get(ended.ending()).increment();
        }
        Piece piece = pieces.get(pieceOf(event.errand()));
        if (piece != null) {
            piece.events.add(event);
        } else if (isBeginning(event)) {
            count(
                    new Violation(Violation.Kind.GRANTED_TOO_LATE, event.errand(), "long after its calls had ended"),
                    List.of(event));
        }
    }

    /** Counts something that is no part of the history. */
    void count(Happening happening) {
        happenings.get(happening).increment();
    }

    /** The number of an errand. */
    static long numberOf(String errand) {
        return Long.parseLong(errand, 1, errand.length(), 10);
    }

    /** How many calls have ended. */
    long ended() {
        return endings.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Checks the pieces that are over; to be called by one thread, now and then.
     *
     * @param isOver whether no errand will be opened any more
     * @return whether nothing is left to be checked
     */
    boolean check(boolean isOver) {
        long now = System.nanoTime();
        pieces.forEach((number, piece) -> {
            boolean isFull = isOver || piece.toBegin.get() <= 0;
            if (isFull && piece.open.get() == 0 && now - piece.lastClosed > settleNanos) {
                pieces.remove(number);
                HistoryChecker.check(piece.events, patience).forEach(violation -> count(violation, piece.events));
            }
        });
        return pieces.isEmpty();
    }

    /** What was found so far. */
    synchronized ChaosReport report() {
        return new ChaosReport(sums(endings, Ending.class), sums(happenings, Happening.class), violations, examples);
    }

    private synchronized void count(Violation violation, Collection<Event> history) {
        if (violations.merge(violation.kind(), 1L, Long::sum) <= EXAMPLES_PER_KIND) {
            examples.add(new ChaosReport.Example(
                    violation,
                    history.stream()
                            .filter(event -> event.errand().equals(violation.errand()))
                            .toList()));
        }
    }

    private static boolean isBeginning(Event event) {
        return event instanceof CommandExecuted
                || event instanceof ClaimAnswered claim && claim.answer() == ClaimAnswer.GRANTED;
    }

    private static long pieceOf(String errand) {
        return numberOf(errand) / ERRANDS_PER_PIECE;
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> adders, Class<K> keys) {
        Map<K, Long> sums = new EnumMap<>(keys);
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
