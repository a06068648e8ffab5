package dev.clew.gateway;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Ends the process. After a failed start, tells why: in one line where its operator can correct it. */
final class FailedStart {

    private static final String MANAGEMENT = "management interface on ";
    private static final String IN_USE = "in use";
    private static final int HTTP = 8080;
    private static final int HTTPS = 8443;

    private FailedStart() {}

    /** @param failure null after a regular end */
    static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            String line = line(failure, FailedStart::trafficPort);
            // The log may be closed already.
            if (line == null) {
                failure.printStackTrace();
            } else if (!line.isEmpty()) {
                System.err.println(line);
            }
        }
        System.exit(code);
    }

    /** Returns the line to print, empty if all has been said; null for a failure that is no mistake. */
    static @Nullable String line(Throwable failure, IntSupplier trafficPort) {
        String management = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? "" : cause.getMessage();
            if (message.contains(MANAGEMENT)) {
                management = message.substring(message.lastIndexOf(':') + 1);
            } else if (cause instanceof IOException && message.contains(IN_USE)) {
                return management == null
                        ? inUse(trafficPort.getAsInt(), "QUARKUS_HTTP_PORT, or QUARKUS_HTTP_SSL_PORT for TLS")
                        : inUse(Integer.parseInt(management), "QUARKUS_MANAGEMENT_PORT");
            }
            if (cause instanceof ConfigurationException || cause instanceof PreventFurtherStepsException) {
                return message;
            }
        }
        return null;
    }

    /** Returns the listeners' port that is taken; the failure does not name it. */
    private static int trafficPort() {
        int http = port("quarkus.http.port", HTTP);
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(http));
            return port("quarkus.http.ssl-port", HTTPS);
        } catch (IOException taken) {
            return http;
        }
    }

    private static int port(String setting, int standard) {
        return ConfigProvider.getConfig()
                .getOptionalValue(setting, Integer.class)
                .orElse(standard);
    }

    private static String inUse(int port, String setting) {
        return "port " + port + " is in use by another process: stop that, or choose another port with " + setting;
    }
}
