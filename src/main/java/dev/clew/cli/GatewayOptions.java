package dev.clew.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a running gateway. */
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class GatewayOptions {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "URL",
            defaultValue = "${env:CLEW_GATEWAY:-http://127.0.0.1:9000}",
            description = "The gateway's management port (default: CLEW_GATEWAY, or http://127.0.0.1:9000).")
    private String url = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:CLEW_TOKEN_FILE}",
            description = "A file with the token of the management port (default: CLEW_TOKEN_FILE, or none).")
    private @Nullable Path tokenFile;

    GatewayClient client() {
        return GatewayClient.of(url, tokenFile, TIMEOUT);
    }

    /** Returns the address in the form of a URL without a path. */
    static URI address(String url) {
        try {
            URI address = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean plain = address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getPath().isEmpty();
            if (http && plain) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Reported below, without the text, which may have a password.
        }
        throw new CommandFailure("--gateway: (expected: a URL such as http://127.0.0.1:9000)");
    }
}
