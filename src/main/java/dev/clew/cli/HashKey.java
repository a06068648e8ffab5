package dev.clew.cli;

import dev.clew.access.Digest;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the digest of an API key for a tenant's file. */
@Command(
        name = "hash-key",
        description = {
            "Prints the digest of an API key, as a tenant's file holds it.",
            "Reads the key from standard input; never from the command line, which others see."
        },
        mixinStandardHelpOptions = true)
final class HashKey implements Callable<Integer> {

    private static final int MAX_BYTES = 4096;

    @Option(names = "--new", description = "Creates a key of 256 random bits, and prints it too.")
    private boolean fresh;

    @Option(names = "--prompt", description = "Asks for the key on the terminal, and does not show it.")
    private boolean prompt;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String key = fresh ? SecretKeys.next() : prompt ? ask() : read();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new CommandFailure("the key (expected: one line of visible ASCII characters)");
        }
        String digest = Digest.of(key).text();
        if (output.isJson()) {
            output.json(new JsonObject().put("key", fresh ? key : null).put("digest", digest));
        } else {
            if (fresh) {
                output.line("key:    " + key);
            }
            output.line(fresh ? "digest: " + digest : digest);
        }
        return ExitCode.OK;
    }

    private static String ask() {
        Console console = Optional.ofNullable(System.console())
                .orElseThrow(() -> new CommandFailure("--prompt: (expected: a terminal)"));
        char[] typed = console.readPassword("API key: ");
        return typed == null ? "" : new String(typed);
    }

    private static String read() {
        try {
            InputStream in = System.in;
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new CommandFailure("standard input cannot be read");
        }
    }
}
