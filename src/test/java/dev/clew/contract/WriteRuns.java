package dev.clew.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes two classes for each contract with tests: one runs it in this process ({@code …Test}), the other against the
 * packaged application ({@code …IT}), unless the contract's folder has a class of that name. The build runs this file
 * as it is, before it compiles the tests. A list of the latter classes names the tests that share one gateway.
 */
final class WriteRuns {

    private static final String SUFFIX = "Contract.java";

    private static final Pattern TEST = Pattern.compile("@(\\w*Test|TestFactory)\\b");

    private final Path target;
    private final Set<Path> runs = new HashSet<>();
    private final List<String> packaged = new ArrayList<>();

    private WriteRuns(Path target) {
        this.target = target;
    }

    /** @param arguments the folder of the test sources, the folder to write to, and optionally the list to write */
    public static void main(String[] arguments) throws IOException {
        Path sources = Path.of(arguments[0]);
        WriteRuns write = new WriteRuns(Files.createDirectories(Path.of(arguments[1])));
        for (Path file : files(sources)) {
            if (file.toString().endsWith(SUFFIX)
                    && TEST.matcher(Files.readString(file)).find()) {
                write.run(sources, file, "Test", "QuarkusTest");
                write.packaged.add(write.run(sources, file, "IT", "QuarkusIntegrationTest"));
            }
        }
        write.removeOthers();
        if (arguments.length > 2) {
            Files.write(Path.of(arguments[2]), write.packaged);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Returns the class's file, relative to the sources. */
    private String run(Path sources, Path contract, String suffix, String annotation) throws IOException {
        String name = contract.getFileName().toString().replace(SUFFIX, "");
        Path own = contract.resolveSibling(name + suffix + ".java");
        String file = sources.relativize(own).toString();
        Path run = target.resolve(file);
        if (Files.exists(own)) {
            return file;
        }
        String room = sources.relativize(contract.getParent())
                .toString()
                .replace(run.getFileSystem().getSeparator(), ".");
        String text = "package %1$s;%n%n@io.quarkus.test.junit.%2$s%nclass %3$s%4$s extends %3$sContract {}%n"
                .formatted(room, annotation, name, suffix);
        runs.add(run);
        // An unchanged file stays as it is: a rewritten one would be compiled again, and all others with it.
        if (!Files.exists(run) || !Files.readString(run).equals(text)) {
            Files.createDirectories(run.getParent());
            Files.writeString(run, text);
        }
        return file;
    }

    /** A contract may have been renamed, or replaced by a handwritten class. */
    private void removeOthers() throws IOException {
        for (Path file : files(target)) {
            if (!runs.contains(file)) {
                Files.delete(file);
            }
        }
    }
}
