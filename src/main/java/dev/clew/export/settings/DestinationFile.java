package dev.clew.export.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The destinations in {@code gateway/gateway.yaml}.
 *
 * @param folder the base of relative paths in the file
 * @param files the paths where the file is looked for
 * @param entries the destinations, in the file's order
 * @param problems the problems that belong to no single destination
 * @param readable whether the file could be read; true also for a missing file
 */
public record DestinationFile(
        Path folder, Set<Path> files, List<DestinationEntry> entries, List<SettingProblem> problems, boolean readable) {

    /** No file. */
    public static final DestinationFile NONE = new DestinationFile(Path.of(""), Set.of(), List.of(), List.of(), true);

    public DestinationFile {
        files = Set.copyOf(files);
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** Returns the names of all destinations, {@code default} among them. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(DestinationSettings.DEFAULT));
        entries.forEach(entry -> names.add(entry.name()));
        return names;
    }

    /** Returns this file's destinations with other problems. */
    public DestinationFile withProblems(List<SettingProblem> now) {
        return new DestinationFile(folder, files, entries, now, readable);
    }
}
