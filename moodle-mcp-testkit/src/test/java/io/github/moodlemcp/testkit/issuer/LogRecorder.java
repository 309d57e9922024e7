package io.github.moodlemcp.testkit.issuer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that our own code logs, of any level, as lines. */
final class LogRecorder extends Handler implements AutoCloseable {
    private final Logger ours = Logger.getLogger("io.github.moodlemcp");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Level before = ours.getLevel();

    LogRecorder() {
        setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        ours.addHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ours.removeHandler(this);
        ours.setLevel(before);
    }
}
