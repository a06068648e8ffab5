package dev.clew.export;

import dev.clew.export.settings.SettingProblem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** Logs each problem of a telemetry setting once while it persists. Not thread-safe. */
final class ProblemLog {

    private static final Logger LOG = Logger.getLogger(Exports.class);

    private Set<SettingProblem> logged = new HashSet<>();

    /** Marks problems as logged elsewhere. */
    void skip(Collection<SettingProblem> problems) {
        logged.addAll(problems);
    }

    /** @param now all current problems */
    void report(Collection<SettingProblem> now) {
        Set<SettingProblem> all = new HashSet<>(now);
        for (SettingProblem problem : now) {
            if (logged.add(problem)) {
                LOG.warnf("telemetry setting %s", problem);
            }
        }
        logged = all;
    }
}
