package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The file descriptors of this process. POSIX assigns the lowest free number, so a descriptor's number is a lower bound
 * on the count of open ones.
 */
public final class FileDescriptors {

    /** The value for an unknown limit. */
    public static final int UNKNOWN = Integer.MAX_VALUE;

    /** The number of file descriptors reserved for the management port and files. */
    public static final int RESERVE = 96;

    private static final Logger LOG = Logger.getLogger(FileDescriptors.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String LINE = "Max open files";

    private FileDescriptors() {}

    /** Returns the soft limit, RLIMIT_NOFILE; {@link #UNKNOWN} without {@code /proc}. */
    public static int limit() {
        try {
            return limit(Files.readAllLines(LIMITS));
        } catch (IOException | NumberFormatException notTold) {
            LOG.debug("the limit on file descriptors cannot be read", notTold);
            return UNKNOWN;
        }
    }

    /** @param lines the content of {@code /proc/self/limits}, see proc(5) */
    static int limit(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(LINE)) {
                String soft = line.substring(LINE.length()).trim();
                soft = soft.substring(0, soft.indexOf(' '));
                return "unlimited".equals(soft) ? UNKNOWN : (int) Math.min(UNKNOWN, Long.parseLong(soft));
            }
        }
        return UNKNOWN;
    }

    /** Returns the number of open file descriptors; 0 without {@code /proc}. */
    public static int open() {
        try (Stream<Path> open = Files.list(OPEN)) {
            return (int) open.count();
        } catch (IOException notTold) {
            return 0;
        }
    }

    /**
     * Returns whether a channel uses one of the reserved file descriptors; always false on transports without numbers.
     */
    public static boolean isInReserve(Channel channel, int reserve, int limit) {
        return channel instanceof UnixChannel unix && unix.fd().intValue() >= limit - reserve;
    }
}
