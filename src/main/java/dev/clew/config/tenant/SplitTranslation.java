package dev.clew.config.tenant;

import dev.clew.config.tenant.RouteSection.BranchSection;
import dev.clew.config.tenant.RouteSection.MirrorSection;
import dev.clew.config.tenant.RouteSection.StickySection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.NearestName;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.route.Mirror;
import dev.clew.tenant.route.Split;
import dev.clew.tenant.route.Stickiness;
import dev.clew.tenant.upstream.Upstream;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates the upstreams of a route, and its mirror. */
final class SplitTranslation {

    private final Findings findings;
    private final Fields fields;
    private final Map<String, Upstream> upstreams;

    SplitTranslation(Findings findings, Fields fields, Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = fields;
        this.upstreams = upstreams;
    }

    /** Returns the split; empty when an upstream is invalid or missing. */
    Optional<Split> split(RouteSection section) {
        String splitKey = Keys.child(section.itself().getName(), "split");
        if (!findings.has(splitKey)) {
            if (findings.has(section.sticky().itself())) {
                findings.problem(
                        section.sticky().itself(), "without split (expected: none, there is nothing to choose from)");
            }
            if (!Fields.isSet(section.upstream())) {
                fields.missing(section.upstream(), "an upstream's name, or in its place split, redirect or respond");
                return Optional.empty();
            }
            return upstream(section.upstream()).map(Split::only);
        }
        Stickiness stickiness = stickiness(section.sticky());
        List<Branch> branches = branches(section.split());
        if (branches.size() < section.split().size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Split(branches, stickiness));
        } catch (IllegalArgumentException rejected) {
            findings.problem(splitKey, String.valueOf(rejected.getMessage()).substring("split: ".length()));
            return Optional.empty();
        }
    }

    /** Returns the mirror; null when absent or invalid. */
    @Nullable Mirror mirror(MirrorSection section) {
        if (!findings.has(section.itself())) {
            return null;
        }
        double share = fields.ratio(section.share(), Mirror.DEFAULT_SHARE);
        int body =
                fields.read(section.body(), text -> (int) Values.sizeUpTo(text, Mirror.MAX_BODY), Mirror.DEFAULT_BODY);
        return upstream(section.upstream())
                .map(upstream -> new Mirror(upstream, share, body))
                .orElse(null);
    }

    private List<Branch> branches(List<BranchSection> written) {
        List<Branch> branches = new ArrayList<>();
        for (BranchSection section : written) {
            int weight = fields.count(section.weight(), 1);
            upstream(section.upstream()).ifPresent(upstream -> branches.add(new Branch(upstream, weight)));
        }
        return branches;
    }

    private Stickiness stickiness(StickySection section) {
        if (Fields.isSet(section.cookie()) && Fields.isSet(section.header())) {
            findings.problem(section.cookie(), "beside header (expected: one of the two)");
        }
        return Fields.isSet(section.cookie())
                ? fields.<Stickiness>read(
                        section.cookie(), text -> new Stickiness.Cookie(Values.token(text)), Stickiness.NONE)
                : fields.<Stickiness>read(
                        section.header(),
                        text -> new Stickiness.Header(Values.token(text).toLowerCase(Locale.ROOT)),
                        Stickiness.NONE);
    }

    private Optional<Upstream> upstream(ConfigValue written) {
        Optional<String> name = fields.require(written, Function.identity());
        // An invalid upstream has been reported at its own key.
        if (name.isEmpty() || findings.has(Keys.child("upstreams", name.get()))) {
            return name.map(upstreams::get);
        }
        findings.problem(
                written,
                findings.shown(written) + " is no upstream of this tenant"
                        + (upstreams.isEmpty() ? "" : " (" + NearestName.hint(name.get(), upstreams.keySet()) + ")"));
        return Optional.empty();
    }
}
