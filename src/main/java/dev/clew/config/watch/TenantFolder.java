package dev.clew.config.watch;

import dev.clew.config.tenant.TenantReader;
import dev.clew.config.tenant.TenantReading;
import dev.clew.config.yaml.ChangedFiles;
import dev.clew.config.yaml.SourceText;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TenantLoader.Candidate;
import dev.clew.tenant.TenantLoader.Loaded;
import dev.clew.tenant.TenantPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tenants' files and their content; only changed files are reloaded. Blocks; confined to one thread. */
final class TenantFolder {

    private final ConfigDirectory directory;
    private final BiFunction<TenantDefaults, Set<String>, TenantReader> readers;
    private final ChangedFiles watch = new ChangedFiles();
    private final SortedMap<String, TenantReading> files = new TreeMap<>();
    private final Map<String, SourceText> texts = new HashMap<>();
    private final Map<TenantId, SourceText> textsInForce = new HashMap<>();
    private TenantReader reader;
    private Set<String> listed = Set.of();
    private List<Problem> folderProblems = List.of();
    private Map<String, Candidate> inForce = Map.of();
    private Loaded loaded = new Loaded(Snapshot.EMPTY, List.of(), List.of());

    TenantFolder(
            ConfigDirectory directory,
            BiFunction<TenantDefaults, Set<String>, TenantReader> readers,
            TenantDefaults defaults,
            Set<String> destinations) {
        this.directory = directory;
        this.readers = readers;
        this.reader = readers.apply(defaults, destinations);
        list();
        readListed();
        plan();
    }

    Snapshot snapshot() {
        return loaded.snapshot();
    }

    /** Returns the content in force, by tenant. */
    Map<TenantId, SourceText> textsInForce() {
        return textsInForce;
    }

    /** Returns the problems by file, those of one file in order of detection. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(folderProblems);
        files.values().forEach(reading -> problems.addAll(reading.problems()));
        problems.addAll(loaded.problems());
        problems.sort(Comparator.comparing(Problem::file));
        return problems;
    }

    /** Returns the tenants served by the previous content of their files, since the current one is invalid. */
    Set<TenantId> onLastGoodState() {
        Set<TenantId> tenants = new TreeSet<>(Comparator.comparing(TenantId::value));
        inForce.forEach((file, candidate) -> {
            TenantReading now = files.get(file);
            if (now == null || !now.candidate().equals(Optional.of(candidate))) {
                tenants.add(candidate.entry().tenant().id());
            }
        });
        return tenants;
    }

    /** Returns the names of files whose tenant is not served. */
    List<String> leftOut() {
        return files.keySet().stream()
                .filter(file -> !inForce.containsKey(file))
                .toList();
    }

    /** Reloads all files after a change of the defaults or of the destinations' names. */
    void readAll(TenantDefaults defaults, Set<String> destinations) {
        reader = readers.apply(defaults, destinations);
        list();
        files.keySet().retainAll(listed);
        readListed();
        plan();
    }

    /** Reloads changed files; returns whether there were any. */
    boolean look() {
        Set<String> before = listed;
        List<Problem> problemsBefore = folderProblems;
        if (!list()) {
            // A missing folder leaves all tenants as they were.
            return !folderProblems.equals(problemsBefore);
        }
        // Tolerates a file that is missing at one look, while it is replaced.
        boolean changed = files.keySet().removeIf(file -> !listed.contains(file) && !before.contains(file));
        Set<Path> differing = watch.look(watched());
        if (!differing.isEmpty()) {
            for (String file : listed) {
                changed |= differs(file, differing) && read(file);
            }
        }
        if (changed) {
            plan();
        }
        return changed || !folderProblems.equals(problemsBefore);
    }

    private boolean differs(String file, Set<Path> differing) {
        TenantReading reading = files.get(file);
        return differing.contains(directory.path(file))
                || reading != null && reading.parts().keySet().stream().anyMatch(differing::contains);
    }

    private Set<Path> watched() {
        Set<Path> watched = new HashSet<>();
        listed.forEach(file -> watched.add(directory.path(file)));
        files.values().forEach(reading -> watched.addAll(reading.parts().keySet()));
        return watched;
    }

    /** Returns false when the folder cannot be read; the previous list then stays. */
    private boolean list() {
        List<Problem> problems = new ArrayList<>();
        Optional<Set<String>> names = directory.tenantFiles(files.keySet(), problems);
        folderProblems = problems;
        listed = names.orElse(listed);
        return names.isPresent();
    }

    private void readListed() {
        Parallel.map(listed, this::content).forEach(this::accept);
    }

    private boolean read(String file) {
        return accept(content(file));
    }

    /**
     * One file as it was read.
     *
     * @param digest of its content; null if there is none, as is the text then
     */
    private record Content(String file, @Nullable String digest, @Nullable SourceText text, TenantReading reading) {}

    /** Reads a file. Changes nothing, so that several can be read at a time. */
    private Content content(String file) {
        List<Problem> problems = new ArrayList<>();
        Optional<TenantId> id = ConfigDirectory.tenantId(file, problems);
        Optional<byte[]> content = id.flatMap(known -> directory.read(file, problems));
        if (id.isEmpty() || content.isEmpty()) {
            return new Content(file, null, null, TenantReading.unusable(problems));
        }
        Candidate before = inForce.get(file);
        TenantReading reading = reader.read(file, id.get(), content.get(), before == null ? null : before.entry());
        return new Content(file, ChangedFiles.digest(content.get()), new SourceText(file, content.get()), reading);
    }

    /** Returns false when the file is being written; it is read at a later look. */
    private boolean accept(Content content) {
        Path path = directory.path(content.file());
        String digest = content.digest();
        if (digest == null) {
            watch.accept(path);
        } else if (!watch.accept(path, digest)) {
            return false;
        }
        // A part that is being written is read again together with the file that names it.
        content.reading().parts().forEach(watch::accept);
        files.put(content.file(), content.reading());
        SourceText text = content.text();
        if (text != null) {
            texts.put(content.file(), text);
        }
        return true;
    }

    private void plan() {
        SortedMap<String, Optional<Candidate>> candidates = new TreeMap<>();
        files.forEach((file, reading) -> candidates.put(file, reading.candidate()));
        Loaded next = TenantPlan.of(inForce, candidates);
        // Keeps the snapshot in force, and all resources tied to it, if the tenants are equal.
        boolean same = next.snapshot().tenants().equals(loaded.snapshot().tenants());
        loaded = same ? new Loaded(loaded.snapshot(), next.accepted(), next.problems()) : next;
        inForce = next.accepted().stream().collect(Collectors.toMap(Candidate::file, candidate -> candidate));
        keepTexts(next.accepted());
    }

    /** Keeps the text of each tenant in force: the latest one, unless its file has become unusable since. */
    private void keepTexts(List<Candidate> accepted) {
        Set<TenantId> ids = new HashSet<>();
        for (Candidate candidate : accepted) {
            TenantId id = candidate.entry().tenant().id();
            ids.add(id);
            TenantReading latest = files.get(candidate.file());
            SourceText text = texts.get(candidate.file());
            if (text != null && latest != null && latest.candidate().equals(Optional.of(candidate))) {
                textsInForce.put(id, text);
            }
        }
        textsInForce.keySet().retainAll(ids);
        texts.keySet().retainAll(files.keySet());
    }
}
