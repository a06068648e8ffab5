package dev.clew.export.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code gateway/gateway.yaml} says of destinations.
 *
 * @param folder what relative paths in it begin from
 * @param files where it was looked for
 * @param entries the destinations, in the file's order
 * @param problems what belongs to no single destination
 * @param readable whether the file could be read at all; one that is missing says nothing and is readable
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

    /** This file's destinations with what is wrong now. */
    public DestinationFile withProblems(List<SettingProblem> now) {
        return new DestinationFile(folder, files, entries, now, readable);
    }
}
