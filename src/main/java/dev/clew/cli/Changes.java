package dev.clew.cli;

import dev.clew.cli.TenantValues.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two configurations, by tenant, as sentences about what a change would do. Hosts, routes and
 * upstreams are compared by their names, all other settings by their keys.
 */
final class Changes {

    private static final String HOSTS = "hosts[";
    private static final String ROUTES = "routes[";
    private static final String UPSTREAMS = "upstreams.";
    private static final String NAME = "name";

    private Changes() {}

    /**
     * One difference.
     *
     * @param kind {@code +} added, {@code -} removed, {@code ~} changed
     */
    record Change(String tenant, char kind, String what) {}

    static List<Change> between(Map<String, List<Value>> before, Map<String, List<Value>> after) {
        List<Change> changes = new ArrayList<>();
        TreeSet<String> tenants = new TreeSet<>(before.keySet());
        tenants.addAll(after.keySet());
        for (String tenant : tenants) {
            List<Value> old = before.get(tenant);
            List<Value> now = after.get(tenant);
            if (old == null) {
                changes.add(new Change(tenant, '+', "tenant"));
            } else if (now == null) {
                changes.add(new Change(tenant, '-', "tenant"));
            } else {
                compare(tenant, parts(old), parts(now), changes);
            }
        }
        return changes;
    }

    /** Returns the values of each part: a host, a route, an upstream, or a single setting. */
    private static Map<String, Map<String, String>> parts(List<Value> values) {
        Map<String, String> routeNames = new TreeMap<>();
        for (Value value : values) {
            if (value.key().startsWith(ROUTES) && value.key().endsWith("]." + NAME)) {
                routeNames.put(value.key().substring(0, value.key().indexOf(']') + 1), value.shown());
            }
        }
        Map<String, Map<String, String>> parts = new TreeMap<>();
        for (Value value : values) {
            String part;
            String rest = "";
            if (value.key().startsWith(HOSTS)) {
                part = "host " + value.shown();
            } else if (value.key().startsWith(ROUTES)) {
                int end = value.key().indexOf(']') + 1;
                part = "route " + routeNames.getOrDefault(value.key().substring(0, end), "?");
                rest = value.key().substring(Math.min(end + 1, value.key().length()));
            } else if (value.key().startsWith(UPSTREAMS)) {
                int end = endOfName(value.key());
                part = "upstream "
                        + value.key().substring(UPSTREAMS.length(), end).replace("\"", "");
                rest = value.key().substring(Math.min(end + 1, value.key().length()));
            } else {
                part = "setting " + value.key();
                rest = value.key();
            }
            parts.computeIfAbsent(part, first -> new TreeMap<>()).put(rest, value.shown());
        }
        return parts;
    }

    private static int endOfName(String key) {
        boolean quoted = key.startsWith("\"", UPSTREAMS.length());
        int end = quoted ? key.indexOf('"', UPSTREAMS.length() + 1) + 1 : key.indexOf('.', UPSTREAMS.length());
        return end <= 0 ? key.length() : end;
    }

    private static void compare(
            String tenant,
            Map<String, Map<String, String>> before,
            Map<String, Map<String, String>> after,
            List<Change> changes) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Map<String, String> old = before.get(name);
            Map<String, String> now = after.get(name);
            if (old == null) {
                changes.add(new Change(tenant, '+', name + values(name, now)));
            } else if (now == null) {
                changes.add(new Change(tenant, '-', name + values(name, old)));
            } else if (!old.equals(now)) {
                changes.add(new Change(tenant, '~', name + ": " + differences(old, now) + effect(name)));
            }
        }
    }

    private static String values(String name, @Nullable Map<String, String> values) {
        return values != null && name.startsWith("setting ") ? ": " + String.join(", ", values.values()) : "";
    }

    private static String differences(Map<String, String> old, Map<String, String> now) {
        TreeSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        List<String> texts = new ArrayList<>();
        for (String key : keys) {
            String before = old.getOrDefault(key, "(unset)");
            String after = now.getOrDefault(key, "(unset)");
            if (!before.equals(after)) {
                texts.add((key.isEmpty() || keys.size() == 1 ? "" : key + " ") + before + " → " + after);
            }
        }
        return String.join(", ", texts);
    }

    private static String effect(String name) {
        return name.startsWith("upstream ") ? "; its connections are opened anew" : "";
    }
}
