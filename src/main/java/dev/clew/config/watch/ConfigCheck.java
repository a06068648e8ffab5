package dev.clew.config.watch;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.gateway.InvalidGatewayFile;
import dev.clew.config.tenant.TenantReader;
import dev.clew.export.OtelSettings;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.SettingProblem;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantLoader;
import dev.clew.tenant.TenantLoader.Candidate;
import dev.clew.tenant.TenantLoader.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All checks that a gateway makes when it starts with a configuration folder. Reads files and blocks.
 *
 * @param snapshot the tenants that would be served
 * @param destinations the telemetry destinations that would get spans
 * @param sources the texts of the files
 * @param problems all problems, by file and line
 */
public record ConfigCheck(
        GatewaySettings settings,
        Snapshot snapshot,
        OtelSettings telemetry,
        List<DestinationReading> destinations,
        Sources sources,
        List<Problem> problems) {

    public ConfigCheck {
        destinations = List.copyOf(destinations);
        problems = List.copyOf(problems);
    }

    /**
     * Checks a folder; a file with problems does not keep others from being checked.
     *
     * @param environment returns the values of {@code ${NAME}} in files, and of {@code OTEL_*}
     */
    public static ConfigCheck of(Path root, Function<String, @Nullable String> environment) {
        ConfigDirectory directory = new ConfigDirectory(root, environment);
        Set<Problem> problems = new LinkedHashSet<>();
        DestinationFile file = directory.loadDestinations();
        OtelSettings telemetry = OtelSettings.read(environment, "", file, List.of());
        GatewaySettings standard = GatewaySettings.STANDARD.withSampler(telemetry.sampler());
        List<Problem> ofGateway = new ArrayList<>();
        GatewaySettings settings = standard;
        try {
            settings = directory.loadGateway(standard, ofGateway);
        } catch (InvalidGatewayFile invalid) {
            // Its problems are in the list; the tenants are checked with the defaults.
        }
        problems.addAll(ofGateway);
        for (SettingProblem problem : telemetry.problems()) {
            problems.add(placed(problem));
        }
        TenantFolder tenants = directory.tenants(settings.tenantDefaults(), file.names());
        problems.addAll(tenants.problems());
        return new ConfigCheck(
                settings,
                tenants.snapshot(),
                telemetry,
                telemetry.export().wanted(),
                new Sources(directory.gatewayText(), tenants.textsInForce(), Map.of()),
                problems.stream()
                        .filter(problem -> !isAbsentFolder(root, problem))
                        .toList());
    }

    /**
     * Checks tenants' files that are in no configuration folder, with standard defaults. The names of destinations are
     * not known and not checked.
     */
    public static ConfigCheck ofFiles(List<Path> files, Function<String, @Nullable String> environment) {
        List<Problem> problems = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        for (Path file : files) {
            Path folder = file.toAbsolutePath().resolveSibling("");
            ConfigDirectory directory = new ConfigDirectory(folder, environment);
            TenantReader reader = new TenantReader(TenantDefaults.STANDARD, environment, folder, null);
            ConfigDirectory.tenantId(file.toString(), problems)
                    .flatMap(id -> directory
                            .read(file.getFileName().toString(), problems)
                            .map(content -> reader.read(file.toString(), id, content, null)))
                    .ifPresent(reading -> {
                        problems.addAll(reading.problems());
                        reading.candidate().ifPresent(candidates::add);
                    });
        }
        Loaded loaded = TenantLoader.load(candidates);
        problems.addAll(loaded.problems());
        OtelSettings telemetry = OtelSettings.read(name -> null, "");
        return new ConfigCheck(
                GatewaySettings.STANDARD, loaded.snapshot(), telemetry, List.of(), Sources.NONE, problems);
    }

    /** Returns whether the problem is that a folder with a gateway's file alone has no tenants. */
    private static boolean isAbsentFolder(Path root, Problem problem) {
        return problem.file().equals("tenants")
                && !Files.isDirectory(root.resolve("tenants"))
                && Files.isDirectory(root.resolve("gateway"));
    }

    /** Splits {@code file:line: key} into its parts; the name of a variable stays one. */
    private static Problem placed(SettingProblem problem) {
        String name = problem.name();
        int colon = name.indexOf(':');
        int space = name.indexOf(": ");
        if (colon < 0 || space < colon) {
            return new Problem(name, 0, "", problem.message(), true);
        }
        String line = colon == space ? "" : name.substring(colon + 1, space);
        boolean number = !line.isEmpty() && line.chars().allMatch(c -> c >= '0' && c <= '9');
        return new Problem(
                name.substring(0, colon),
                number ? Integer.parseInt(line) : 0,
                name.substring(space + 2),
                problem.message(),
                true);
    }
}
