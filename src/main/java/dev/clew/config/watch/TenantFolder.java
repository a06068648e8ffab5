package dev.clew.config.watch;

import dev.clew.config.tenant.TenantReader;
import dev.clew.config.tenant.TenantReading;
import dev.clew.config.yaml.ChangedFiles;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tenants' files and what they say, so that only what changes is read again. Blocks, and is used by one thread. */
final class TenantFolder {

    private final ConfigDirectory directory;
    private final Function<TenantDefaults, TenantReader> readers;
    private final ChangedFiles watch = new ChangedFiles();
    private final SortedMap<String, TenantReading> files = new TreeMap<>();
    private TenantReader reader;
    private Set<String> listed = Set.of();
    private List<Problem> folderProblems = List.of();
    private Map<String, Candidate> inForce = Map.of();
    private Loaded loaded = new Loaded(Snapshot.EMPTY, List.of(), List.of());

    TenantFolder(ConfigDirectory directory, Function<TenantDefaults, TenantReader> readers, TenantDefaults defaults) {
        this.directory = directory;
        this.readers = readers;
        this.reader = readers.apply(defaults);
        list();
        listed.forEach(this::read);
        plan();
    }

    Snapshot snapshot() {
        return loaded.snapshot();
    }

    /** By file; what is wrong in one file is in the order it was found. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(folderProblems);
        files.values().forEach(reading -> problems.addAll(reading.problems()));
        problems.addAll(loaded.problems());
        problems.sort(Comparator.comparing(Problem::file));
        return problems;
    }

    /** The tenants that are served as their files were before, since what these say now cannot be used. */
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

    /** The files, by name, that nothing is served of. */
    List<String> leftOut() {
        return files.keySet().stream()
                .filter(file -> !inForce.containsKey(file))
                .toList();
    }

    /** Reads everything again, since something else holds where a file does not say. */
    void readAll(TenantDefaults defaults) {
        reader = readers.apply(defaults);
        list();
        files.keySet().retainAll(listed);
        listed.forEach(this::read);
        plan();
    }

    /** Reads what has changed. True when there was something. */
    boolean look() {
        Set<String> before = listed;
        List<Problem> problemsBefore = folderProblems;
        if (!list()) {
            // A folder that is not there says nothing of any tenant.
            return !folderProblems.equals(problemsBefore);
        }
        // One that is written anew may be missing for a moment.
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

    /** False when the folder cannot be read; what was listed before then stays listed. */
    private boolean list() {
        List<Problem> problems = new ArrayList<>();
        Optional<Set<String>> names = directory.tenantFiles(files.keySet(), problems);
        folderProblems = problems;
        listed = names.orElse(listed);
        return names.isPresent();
    }

    /** False when the file is being written: there is another look. */
    private boolean read(String file) {
        Path path = directory.path(file);
        List<Problem> problems = new ArrayList<>();
        Optional<TenantId> id = ConfigDirectory.tenantId(file, problems);
        Optional<byte[]> content = id.flatMap(known -> directory.read(file, problems));
        if (id.isEmpty() || content.isEmpty()) {
            watch.accept(path);
            files.put(file, TenantReading.unusable(problems));
            return true;
        }
        if (!watch.accept(path, ChangedFiles.digest(content.get()))) {
            return false;
        }
        Candidate before = inForce.get(file);
        TenantReading reading = reader.read(file, id.get(), content.get(), before == null ? null : before.entry());
        // One that is being written is read again with the file that names it.
        reading.parts().forEach(watch::accept);
        files.put(file, reading);
        return true;
    }

    private void plan() {
        SortedMap<String, Optional<Candidate>> candidates = new TreeMap<>();
        files.forEach((file, reading) -> candidates.put(file, reading.candidate()));
        Loaded next = TenantPlan.of(inForce, candidates);
        // Where nothing came of it, the snapshot in force stays, with all that hangs on it.
        boolean same = next.snapshot().tenants().equals(loaded.snapshot().tenants());
        loaded = same ? new Loaded(loaded.snapshot(), next.accepted(), next.problems()) : next;
        inForce = next.accepted().stream().collect(Collectors.toMap(Candidate::file, candidate -> candidate));
    }
}
