package dev.clew.config;

import dev.clew.config.RouteSettings.BranchSettings;
import dev.clew.config.RouteSettings.MirrorSettings;
import dev.clew.config.RouteSettings.StickySettings;
import dev.clew.tenant.Branch;
import dev.clew.tenant.Mirror;
import dev.clew.tenant.Split;
import dev.clew.tenant.Stickiness;
import dev.clew.tenant.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the upstreams that a route's requests and their copies go to. */
final class SplitTranslation {

    private final Findings findings;
    private final Fields fields;
    private final Map<String, Upstream> upstreams;

    SplitTranslation(Findings findings, Fields fields, Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = fields;
        this.upstreams = upstreams;
    }

    /** Empty when an upstream is wrong or missing. */
    Optional<Split> split(String key, RouteSettings settings) {
        String splitKey = Keys.child(key, "split");
        String stickyKey = Keys.child(key, "sticky");
        if (!findings.has(splitKey)) {
            if (findings.has(stickyKey)) {
                findings.problem(stickyKey, "without split (expected: none, there is nothing to choose from)");
            }
            String upstreamKey = Keys.child(key, "upstream");
            if (settings.upstream().isEmpty()) {
                fields.missing(upstreamKey, "an upstream's name, or in its place split, redirect or respond");
                return Optional.empty();
            }
            return upstream(upstreamKey, settings.upstream()).map(Split::only);
        }
        Stickiness stickiness = stickiness(stickyKey, settings.sticky());
        List<Branch> branches = branches(splitKey, settings.split());
        if (branches.size() < settings.split().size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Split(branches, stickiness));
        } catch (IllegalArgumentException refused) {
            findings.problem(splitKey, String.valueOf(refused.getMessage()).substring("split: ".length()));
            return Optional.empty();
        }
    }

    /** Null when there is none, or none that can be used. */
    @Nullable Mirror mirror(String key, MirrorSettings settings) {
        if (!findings.has(key)) {
            return null;
        }
        double share = fields.read(Keys.child(key, "share"), settings.share(), Values::ratio, Mirror.DEFAULT_SHARE);
        int body = fields.read(
                Keys.child(key, "body"),
                settings.body(),
                text -> (int) Values.sizeUpTo(text, Mirror.MAX_BODY),
                Mirror.DEFAULT_BODY);
        return upstream(Keys.child(key, "upstream"), settings.upstream())
                .map(upstream -> new Mirror(upstream, share, body))
                .orElse(null);
    }

    private List<Branch> branches(String key, List<BranchSettings> written) {
        List<Branch> branches = new ArrayList<>();
        List<Integer> places = findings.places(key);
        for (int i = 0; i < written.size(); i++) {
            String place = Keys.item(key, places.get(i));
            BranchSettings settings = written.get(i);
            int weight =
                    fields.read(Keys.child(place, "weight"), settings.weight(), Values.count(0, Branch.MAX_WEIGHT), 1);
            upstream(Keys.child(place, "upstream"), settings.upstream())
                    .ifPresent(upstream -> branches.add(new Branch(upstream, weight)));
        }
        return branches;
    }

    private Stickiness stickiness(String key, StickySettings settings) {
        String cookieKey = Keys.child(key, "cookie");
        if (settings.cookie().isPresent() && settings.header().isPresent()) {
            findings.problem(cookieKey, "beside header (expected: one of the two)");
        }
        return settings.cookie().isPresent()
                ? fields.<Stickiness>read(
                        cookieKey,
                        settings.cookie(),
                        text -> new Stickiness.Cookie(Values.token(text)),
                        Stickiness.NONE)
                : fields.<Stickiness>read(
                        Keys.child(key, "header"),
                        settings.header(),
                        text -> new Stickiness.Header(Values.token(text).toLowerCase(Locale.ROOT)),
                        Stickiness.NONE);
    }

    private Optional<Upstream> upstream(String key, Optional<String> written) {
        Optional<String> name = fields.require(key, written, Function.identity());
        // An upstream that is there and broken has been reported where it stands.
        if (name.isEmpty() || findings.has(Keys.child("upstreams", name.get()))) {
            return name.map(upstreams::get);
        }
        findings.problem(
                key,
                findings.shown(key, name.get()) + " is no upstream of this tenant"
                        + (upstreams.isEmpty() ? "" : " (" + NearestName.hint(name.get(), upstreams.keySet()) + ")"));
        return Optional.empty();
    }
}
