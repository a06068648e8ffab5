package dev.clew.contract.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records the waits of the gateway's event loops, by the JVM's own events (JDK Flight Recorder): each time a thread
 * entered a contended monitor, waited, parked, slept, or read or wrote a file or a blocking socket, of any duration.
 * Stacks are compared, not times.
 */
final class EventLoopRecording {

    private static final String NAME = "event-loops";
    private static final int SHOWN_FRAMES = 16;
    private static final List<String> EVENTS = List.of(
            "JavaMonitorEnter",
            "JavaMonitorWait",
            "ThreadPark",
            "ThreadSleep",
            "FileRead",
            "FileWrite",
            "FileForce",
            "SocketRead",
            "SocketWrite");

    /** Frames whose callees may wait for reasons outside the gateway's code. */
    private static final List<String> ALLOWED = List.of(
            // Code is loaded at its first use.
            "ClassLoader.loadClass",
            "java.lang.invoke.MethodHandleNatives.linkCallSite",
            // A meter is created once, and a client once for each event loop and address.
            "dev.clew.upstream.SharedMeters.counter",
            "dev.clew.upstream.Target.open",
            // /dev/urandom never waits.
            "sun.security.provider.NativePRNG");

    private final long pid;

    private EventLoopRecording(long pid) {
        this.pid = pid;
    }

    /**
     * Starts the recording of the gateway that this process has started; empty for a native executable, which has no
     * recorder.
     */
    static Optional<EventLoopRecording> start() {
        Optional<Long> gateway = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("quarkus-run.jar"))
                .map(ProcessHandle::pid)
                .findFirst();
        gateway.ifPresent(pid -> command(pid, "JFR.start", "name=" + NAME, "settings=" + settings()));
        return gateway.map(EventLoopRecording::new);
    }

    private static Path settings() {
        String events = EVENTS.stream()
                .map(event -> "<event name=\"jdk." + event + "\"><setting name=\"enabled\">true</setting>"
                        + "<setting name=\"stackTrace\">true</setting>"
                        + "<setting name=\"threshold\">0 ns</setting></event>")
                .collect(Collectors.joining("\n", "<configuration version=\"2.0\">\n", "\n</configuration>\n"));
        try {
            return Files.writeString(Files.createTempFile("event-loops", ".jfc"), events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the recording and returns its findings, each stack once. */
    List<String> stop() {
        try {
            Path file = Files.createTempFile("event-loops", ".jfr");
            command(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
            TreeMap<String, Integer> found = new TreeMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (isOnEventLoop(event) && !isAllowed(event)) {
                    found.merge(told(event), 1, Integer::sum);
                }
            }
            Files.delete(file);
            List<String> all = new ArrayList<>();
            found.forEach((stack, times) -> all.add(times + " x " + stack));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOnEventLoop(RecordedEvent event) {
        String thread = event.getThread() == null ? null : event.getThread().getJavaName();
        return thread != null && thread.startsWith("vert.x-eventloop-thread-") && event.getStackTrace() != null;
    }

    private static boolean isAllowed(RecordedEvent event) {
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        // The JVM waits in this way for another thread that initialises the same class.
        boolean forClass = event.getEventType().getName().equals("jdk.JavaMonitorWait")
                && !frame(frames.get(0)).equals("java.lang.Object.wait");
        return forClass
                || isOthersMonitor(event)
                || frames.stream().map(EventLoopRecording::frame).anyMatch(frame -> ALLOWED.stream()
                        .anyMatch(frame::contains));
    }

    /**
     * Returns whether the event is a wait for a monitor of Netty, Vert.x or Micrometer, which several threads enter,
     * each briefly; the gateway's own code has no such monitor.
     */
    private static boolean isOthersMonitor(RecordedEvent event) {
        return event.getEventType().getName().equals("jdk.JavaMonitorEnter")
                && event.getStackTrace().getFrames().stream()
                        .map(EventLoopRecording::frame)
                        .filter(frame -> !frame.startsWith("java."))
                        .findFirst()
                        .filter(frame -> !frame.startsWith("dev.clew."))
                        .isPresent();
    }

    private static String frame(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + '.' + frame.getMethod().getName();
    }

    private static String told(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(EventLoopRecording::frame)
                .limit(SHOWN_FRAMES)
                .collect(Collectors.joining("\n  ", event.getEventType().getName() + "\n  ", ""));
    }

    private static void command(long pid, String... command) {
        List<String> all = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(output);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("jcmd", e);
        }
    }
}
