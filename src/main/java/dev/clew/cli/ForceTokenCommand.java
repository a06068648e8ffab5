package dev.clew.cli;

import dev.clew.config.gateway.ForceKeyFile;
import dev.clew.tenant.TenantId;
import dev.clew.trace.force.ForceKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates a token that has one request traced whatever the sampler decides. */
@Command(
        name = "force-token",
        description = {
            "Creates a token for X-Trace-Force: a request with it is traced whatever the sampler decides.",
            "With --new-key, creates the key of forced tracing instead."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class ForceTokenCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofHours(24);

    @ArgGroup(multiplicity = "1")
    private Key key = new Key();

    @ArgGroup
    private @Nullable Whom whom;

    @Option(
            names = "--valid-for",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = Period.class,
            description = "The time until the token expires, at most 24h (default: 10m).")
    private Duration validFor = Duration.ZERO;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    /** The key that signs, or the file of a new one. */
    static final class Key {

        @Option(
                names = "--key-file",
                paramLabel = "FILE",
                description = "The file of the key, as " + "gateway.yaml names it.")
        private @Nullable Path file;

        @Option(names = "--new-key", paramLabel = "FILE", description = "Writes a new key to this file.")
        private @Nullable Path fresh;
    }

    /** The tenant, or all tenants, whose requests are traced. */
    static final class Whom {

        @Option(names = "--tenant", paramLabel = "NAME", description = "Requests of this tenant.")
        private @Nullable String tenant;

        @Option(names = "--any-tenant", description = "Requests of all tenants and unknown hosts.")
        private boolean any;
    }

    @Override
    public Integer call() {
        if (key.fresh != null) {
            write(key.fresh);
            return ExitCode.OK;
        }
        if (whom == null) {
            throw new ParameterException(spec.commandLine(), "force-token: (expected: --tenant or --any-tenant)");
        }
        if (validFor.isZero() || validFor.compareTo(LONGEST) > 0) {
            throw new ParameterException(spec.commandLine(), "--valid-for: (expected: 1s to 24h)");
        }
        String tenant = tenant(whom);
        ForceKey signer = key.file == null ? null : ForceKeyFile.read(key.file);
        if (signer == null) {
            throw new CommandFailure("--key-file: " + key.file + " (expected: " + ForceKeyFile.EXPECTED + ")");
        }
        Instant expiry = clock.instant().plus(validFor);
        String token = signer.token(tenant, expiry.getEpochSecond());
        if (output.isJson()) {
            output.json(new JsonObject().put("token", token).put("expires", expiry.toString()));
        } else {
            output.line(token);
        }
        return ExitCode.OK;
    }

    private @Nullable String tenant(Whom named) {
        if (named.any || named.tenant == null) {
            return null;
        }
        try {
            return new TenantId(named.tenant).value();
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(
                    spec.commandLine(), "--tenant: (expected: " + TenantId.EXPECTED + ")", invalid);
        }
    }

    /** Creates the file for its owner alone, and replaces none. */
    private static void write(Path file) {
        try {
            boolean posix = file.toAbsolutePath()
                    .getFileSystem()
                    .supportedFileAttributeViews()
                    .contains("posix");
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.write(file, (SecretKeys.next() + '\n').getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException exists) {
            throw new CommandFailure("--new-key: " + file + " exists (expected: a new file)");
        } catch (IOException failed) {
            throw new CommandFailure("--new-key: " + file + " cannot be written");
        }
    }
}
