package dev.clew.config.watch;

import dev.clew.config.gateway.GatewayReader;
import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.gateway.InvalidGatewayFile;
import dev.clew.config.gateway.TelemetryReader;
import dev.clew.config.tenant.TenantReader;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.SourceText;
import dev.clew.config.yaml.YamlText;
import dev.clew.export.settings.DestinationEntry;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.SettingProblem;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The folder with {@code gateway/} and {@code tenants/}. Reading blocks: never call it on an event loop.
 *
 * <p>A tenant's file is {@code tenants/<tenant-id>.yaml} or {@code .yml}. Ignores everything else there: other files,
 * folders, and names that begin with a dot, such as the {@code ..data} of a mounted ConfigMap.
 */
public final class ConfigDirectory {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final Path root;
    private final Function<String, @Nullable String> environment;

    /**
     * Creates a directory with the given environment.
     *
     * @param environment returns the values of {@code ${NAME}} in files
     */
    public ConfigDirectory(Path root, Function<String, @Nullable String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /**
     * Returns the folder named by {@code CLEW_CONFIG} (or the property {@code clew.config}), or else the working
     * directory.
     *
     * @throws InvalidGatewayFile when the folder does not exist: with a mistyped mount, the gateway would otherwise be
     *     ready and reject every request with 404
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
     * Reads all files.
     *
     * @param standard defaults, as {@link GatewaySettings#STANDARD}
     * @throws InvalidGatewayFile with all problems of the gateway's own file
     */
    public LoadedConfiguration load(GatewaySettings standard) {
        return follow(standard).current();
    }

    /** Reads all files like {@link #load}, and can reload them. */
    public LiveConfiguration follow(GatewaySettings standard) {
        return new LiveConfiguration(this, standard);
    }

    /** @throws InvalidGatewayFile with all problems of the file */
    GatewaySettings loadGateway(GatewaySettings standard, List<Problem> problems) {
        return gatewayFile()
                .map(name -> {
                    Optional<GatewaySettings> settings = read(name, problems)
                            .flatMap(content ->
                                    new GatewayReader(standard, root, environment).read(name, content, problems));
                    return settings.orElseThrow(() -> new InvalidGatewayFile(problems));
                })
                .orElse(standard);
    }

    /** Reads the gateway's own file; empty without a readable one. */
    Optional<SourceText> gatewayText() {
        return gatewayFile()
                .flatMap(name -> read(name, new ArrayList<>()).map(content -> new SourceText(name, content)));
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

    /** Reads the export destinations in the gateway's own file. Never throws: the result contains the problems. */
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

    TenantFolder tenants(TenantDefaults defaults, Set<String> destinations) {
        return new TenantFolder(
                this,
                (standard, known) -> new TenantReader(standard, environment, root, known),
                defaults,
                destinations);
    }

    /** Returns the values of {@code ${NAME}} in files. */
    public Function<String, @Nullable String> environment() {
        return environment;
    }

    /** Resolves a file name of the configuration. */
    public Path path(String file) {
        return root.resolve(file);
    }

    /** Returns all possible paths of the gateway's own file. */
    Set<Path> gatewayPaths() {
        return gatewayFiles().stream().map(this::path).collect(Collectors.toSet());
    }

    /**
     * Returns the tenants' files, sorted; empty when their folder cannot be read.
     *
     * @param known files, which are not checked again
     */
    Optional<Set<String>> tenantFiles(Set<String> known, List<Problem> problems) {
        Path folder = root.resolve("tenants");
        if (!Files.isDirectory(folder)) {
            problems.add(new Problem(
                    "tenants",
                    0,
                    "",
                    "no folder " + folder.toAbsolutePath() + " (expected: one with a YAML file for each tenant)"));
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return Optional.of(entries.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && EXTENSIONS.stream().anyMatch(name::endsWith))
                    .map("tenants/"::concat)
                    .filter(file -> known.contains(file) || !Files.isDirectory(path(file)))
                    .collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException unreadable) {
            problems.add(unreadable("tenants", unreadable));
            return Optional.empty();
        }
    }

    static Optional<TenantId> tenantId(String file, List<Problem> problems) {
        String id = file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
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

    Optional<byte[]> read(String file, List<Problem> problems) {
        Path path = path(file);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            // Reading other files, such as pipes, may never end.
            problems.add(new Problem(file, 0, "", "no regular file (expected: a YAML file)"));
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(path)) {
            // One byte beyond the limit is enough to detect a file that is too large.
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
