package dev.clew.cli;

import dev.clew.config.watch.ConfigCheck;
import dev.clew.tenant.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration files that a command is given: a folder as {@code CLEW_CONFIG} names it, or some of its files. */
final class ConfigFolder {

    private static final String VARIABLE = "CLEW_CONFIG";
    private static final String TENANTS = "tenants";
    private static final String GATEWAY = "gateway";

    private ConfigFolder() {}

    /**
     * A check of files.
     *
     * @param root the base of the problems' file names
     */
    record Checked(Path root, ConfigCheck check, List<Problem> problems) {}

    /**
     * Checks a folder, or files: those in a folder {@code tenants} or {@code gateway} together with all others of the
     * configuration, of which no problem is returned; others by themselves.
     *
     * @param paths empty for the folder that the gateway would use
     */
    static Checked check(List<Path> paths) {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new CommandFailure(path + ": no such file or folder");
            }
        }
        if (paths.isEmpty()) {
            return folder(standard());
        }
        if (paths.size() == 1 && Files.isDirectory(paths.get(0))) {
            Path root = root(paths.get(0));
            return folder(root == null ? paths.get(0) : root);
        }
        @Nullable Path root = root(paths.get(0));
        return root != null && paths.stream().allMatch(path -> root.equals(root(path)))
                ? among(root, paths)
                : alone(paths);
    }

    /** Returns the folder that the gateway would use. */
    static Path standard() {
        String configured = System.getProperty("clew.config", System.getenv(VARIABLE));
        return Path.of(configured == null ? "" : configured);
    }

    private static Checked folder(Path root) {
        if (!Files.isDirectory(root.resolve(TENANTS)) && !Files.isDirectory(root.resolve(GATEWAY))) {
            throw new CommandFailure((root.toString().isEmpty() ? "this folder" : root) + ": no folder " + TENANTS
                    + " or " + GATEWAY + " in it (expected: a configuration's folder, or files)");
        }
        ConfigCheck check = ConfigCheck.of(root, System::getenv);
        return new Checked(root, check, check.problems());
    }

    private static Checked among(Path root, List<Path> files) {
        Set<String> names = new HashSet<>();
        files.forEach(file ->
                names.add(root.relativize(file.toAbsolutePath().normalize()).toString()));
        ConfigCheck check = ConfigCheck.of(root, System::getenv);
        List<Problem> problems = check.problems().stream()
                .filter(problem -> names.contains(problem.file()))
                .toList();
        return new Checked(root, check, problems);
    }

    private static Checked alone(List<Path> files) {
        ConfigCheck check = ConfigCheck.ofFiles(files, System::getenv);
        return new Checked(Path.of(""), check, check.problems());
    }

    /** Returns the configuration's folder of a folder or file in it; null if there is none. */
    private static @Nullable Path root(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        @Nullable Path folder = Files.isDirectory(whole) ? whole : whole.getParent();
        @Nullable Path name = folder == null ? null : folder.getFileName();
        return folder != null && name != null && List.of(TENANTS, GATEWAY).contains(name.toString())
                ? folder.getParent()
                : null;
    }
}
