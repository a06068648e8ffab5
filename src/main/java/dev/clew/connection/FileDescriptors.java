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
 * The file descriptors of this process. POSIX gives each new one the lowest number that is free, so that the number of
 * a descriptor tells how many there are at least.
 */
public final class FileDescriptors {

    /** Where nothing tells of a limit. */
    public static final int UNKNOWN = Integer.MAX_VALUE;

    /** Kept for the management port and for files, which neither clients nor upstreams get. */
    public static final int RESERVE = 96;

    private static final Logger LOG = Logger.getLogger(FileDescriptors.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String LINE = "Max open files";

    private FileDescriptors() {}

    /**
     * Returns the most that the process may have: RLIMIT_NOFILE, the soft limit; {@link #UNKNOWN} without {@code
     * /proc}.
     */
    public static int limit() {
        try {
            return limit(Files.readAllLines(LIMITS));
        } catch (IOException | NumberFormatException notTold) {
            LOG.debug("the number of file descriptors is not told", notTold);
            return UNKNOWN;
        }
    }

    /** @param lines of proc(5)'s {@code limits} */
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

    /** Returns the number of open ones; 0 where nothing tells. */
    public static int open() {
        try (Stream<Path> open = Files.list(OPEN)) {
            return (int) open.count();
        } catch (IOException notTold) {
            return 0;
        }
    }

    /** Tells a channel that uses one of the last descriptors. Always false on transports that do not tell numbers. */
    public static boolean isInReserve(Channel channel, int reserve, int limit) {
        return channel instanceof UnixChannel unix && unix.fd().intValue() >= limit - reserve;
    }
}
