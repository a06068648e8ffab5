package dev.clew.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Records the lines of one logger, with level and message, until closed. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Logger logger;
    private final List<String> lines = new ArrayList<>();

    public LogLines(Class<?> source) {
        this(source.getName());
    }

    public LogLines(String logger) {
        this.logger = Logger.getLogger(logger);
        this.logger.addHandler(this);
    }

    @Override
    public synchronized void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + ExtLogRecord.wrap(line).getFormattedMessage());
        notifyAll();
    }

    /** Returns the lines so far that contain the text. */
    public synchronized List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** Waits for a line that contains the text; fails the test on timeout. */
    public synchronized String await(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (with(text).isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("no " + text + " in " + lines);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return with(text).get(0);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
