package dev.clew.config;

import dev.clew.export.settings.DestinationEntry;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.SettingProblem;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TenantLoader;
import dev.clew.tenant.TenantLoader.Candidate;
import dev.clew.tenant.TenantLoader.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds {@code gateway/} and {@code tenants/}. Blocks while it reads: never call it on an event loop.
 *
 * <p>A tenant's file is {@code tenants/<tenant-id>.yaml} or {@code .yml}. Everything else there is left alone: other
 * files, folders, and names that begin with a dot, such as the {@code ..data} of a mounted ConfigMap.
 */
public final class ConfigDirectory {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final Path root;
    private final Function<String, @Nullable String> environment;

    /**
     * A folder read with the given environment.
     *
     * @param environment what {@code ${NAME}} in a file stands for
     */
    public ConfigDirectory(Path root, Function<String, @Nullable String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /**
     * The folder that {@code CLEW_CONFIG} (or the property {@code clew.config}) names, or else the working directory.
     *
     * @throws InvalidGatewayFile when there is no such folder: a mistyped mount would else become a gateway that is ready
     *     and answers everybody with 404
     */
    public static ConfigDirectory fromEnvironment() {
        String configured = ConfigProvider.getConfig()
                .getOptionalValue("clew.config", String.class)
                .orElse("");
        Path root = Path.of(configured);
        if (!Files.isDirectory(root.toAbsolutePath())) {
            throw new InvalidGatewayFile(
                    List.of(new Problem("CLEW_CONFIG", 0, "", configured + " (expected: an existing folder)")));
        }
        return new ConfigDirectory(root, System::getenv);
    }

    /**
     * Reads everything.
     *
     * @param standard what holds where the gateway's file does not say: {@link GatewaySettings#STANDARD} or {@link
     *     GatewaySettings#DEVELOPMENT}
     * @throws InvalidGatewayFile with all that is wrong with the gateway's own file
     */
    public LoadedConfiguration load(GatewaySettings standard) {
        List<Problem> problems = new ArrayList<>();
        GatewaySettings settings = loadGateway(standard, problems);
        Loaded tenants = loadTenants(settings.tenantDefaults());
        problems.addAll(tenants.problems());
        return new LoadedConfiguration(settings, tenants.snapshot(), problems);
    }

    private GatewaySettings loadGateway(GatewaySettings standard, List<Problem> problems) {
        return gatewayFile()
                .map(name -> {
                    Optional<GatewaySettings> settings = read(name, problems)
                            .flatMap(content ->
                                    new GatewayReader(standard, root, environment).read(name, content, problems));
                    return settings.orElseThrow(() -> new InvalidGatewayFile(problems));
                })
                .orElse(standard);
    }

    private static List<String> gatewayFiles() {
        return EXTENSIONS.stream()
                .map(extension -> "gateway/gateway" + extension)
                .toList();
    }

    private Optional<String> gatewayFile() {
        return gatewayFiles().stream()
                .filter(name -> Files.exists(root.resolve(name)))
                .findFirst();
    }

    /** Reads the gateway's own file for where traces go. Never throws: what is wrong there is told with what is read. */
    public DestinationFile loadDestinations() {
        Path folder = root.toAbsolutePath();
        Set<Path> files = gatewayFiles().stream().map(folder::resolve).collect(Collectors.toSet());
        Optional<String> name = gatewayFile();
        if (name.isEmpty()) {
            return new DestinationFile(folder, files, List.of(), List.of(), true);
        }
        List<Problem> unreadable = new ArrayList<>();
        List<SettingProblem> problems = new ArrayList<>();
        Optional<List<DestinationEntry>> entries = read(name.get(), unreadable)
                .flatMap(content -> new TelemetryReader(environment).read(name.get(), content, problems));
        unreadable.forEach(problem -> problems.add(new SettingProblem(problem.file(), problem.message())));
        return new DestinationFile(folder, files, entries.orElse(List.of()), problems, entries.isPresent());
    }

    /** Reads the tenants alone, as when their files have changed. */
    public Loaded loadTenants(TenantDefaults defaults) {
        List<Problem> problems = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        TenantReader reader = new TenantReader(defaults, environment, new PemFiles(root));
        for (String name : tenantFiles(problems)) {
            String file = "tenants/" + name;
            tenantId(file, name, problems)
                    .flatMap(id -> read(file, problems).flatMap(content -> reader.read(file, id, content, problems)))
                    .ifPresent(candidates::add);
        }
        Loaded loaded = TenantLoader.load(candidates);
        problems.addAll(loaded.problems());
        // Stable, so what was found in one file stays in the order it was found.
        problems.sort(Comparator.comparing(Problem::file));
        return new Loaded(loaded.snapshot(), problems);
    }

    private List<String> tenantFiles(List<Problem> problems) {
        Path folder = root.resolve("tenants");
        if (!Files.isDirectory(folder)) {
            problems.add(new Problem(
                    "tenants",
                    0,
                    "",
                    "no folder " + folder.toAbsolutePath() + " (expected: one with a YAML file for each tenant)"));
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> !Files.isDirectory(path))
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && EXTENSIONS.stream().anyMatch(name::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            problems.add(unreadable("tenants", unreadable));
            return List.of();
        }
    }

    private static Optional<TenantId> tenantId(String file, String name, List<Problem> problems) {
        String id = name.substring(0, name.lastIndexOf('.'));
        try {
            return Optional.of(new TenantId(id));
        } catch (IllegalArgumentException invalid) {
            problems.add(new Problem(
                    file,
                    0,
                    "",
                    "file name: " + Findings.printable(id) + " (expected: a tenant id: " + TenantId.EXPECTED + ")"));
            return Optional.empty();
        }
    }

    private Optional<byte[]> read(String file, List<Problem> problems) {
        try (InputStream content = Files.newInputStream(root.resolve(file))) {
            // One byte more than allowed is enough to tell, however large the file is.
            return Optional.of(content.readNBytes(YamlText.MAX_BYTES + 1));
        } catch (IOException unreadable) {
            problems.add(unreadable(file, unreadable));
            return Optional.empty();
        }
    }

    private static Problem unreadable(String file, IOException cause) {
        return new Problem(file, 0, "", "cannot be read: " + cause.getClass().getSimpleName());
    }
}
