package dev.clew.export;

import dev.clew.export.settings.SettingProblem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** Logs each problem of a telemetry setting once, as long as it lasts. Not for use by several threads. */
final class ProblemLog {

    private static final Logger LOG = Logger.getLogger(Exports.class);

    private Set<SettingProblem> told = new HashSet<>();

    /** Takes these as logged, since someone else has. */
    void leaveOut(Collection<SettingProblem> problems) {
        told.addAll(problems);
    }

    /** @param now all problems there are */
    void tell(Collection<SettingProblem> now) {
        Set<SettingProblem> all = new HashSet<>(now);
        for (SettingProblem problem : now) {
            if (told.add(problem)) {
                LOG.warnf("telemetry setting %s", problem);
            }
        }
        told = all;
    }
}
