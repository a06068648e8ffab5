package dev.clew.config.yaml;

import dev.clew.tenant.Problem;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The findings about one file while it is read: where each key stands, which values are secret, what is wrong. */
public final class Findings {

    /** Tells what holds in place of a setting that does not make its file unusable. */
    public static final String INSTEAD = "the default is used";

    private static final int LONGEST_SHOWN = 80;

    private final String file;
    private final Map<String, Found> found = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    public Findings(String file) {
        this.file = file;
    }

    public String file() {
        return file;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Counts the problems that make the file unusable. */
    public int refusals() {
        int refusals = 0;
        for (Problem problem : problems) {
            refusals += problem.tolerated() ? 0 : 1;
        }
        return refusals;
    }

    /** Returns whether the file can be used in spite of its problems. */
    public boolean areTolerable() {
        return refusals() == 0;
    }

    void found(String key, int line, Shape shape) {
        found.put(key, new Found(line, shape));
    }

    /** Returns what may stand at a key that is there. */
    Shape shape(String key) {
        Found place = found.get(key);
        if (place == null) {
            throw new IllegalArgumentException("not in the file: " + key);
        }
        return place.shape;
    }

    /** Returns whether the file holds nothing, right or wrong. */
    public boolean isEmpty() {
        return found.isEmpty() && problems.isEmpty();
    }

    /** Returns whether the author has written this key, rightly or wrongly. */
    public boolean has(String key) {
        return found.containsKey(key);
    }

    public boolean has(ConfigValue field) {
        return has(field.getName());
    }

    /** The line of a key, or of what should have held it; 0 when even that is not there. */
    public int line(String key) {
        String place = key;
        while (!place.isEmpty()) {
            Found here = found.get(place);
            if (here != null) {
                return here.line;
            }
            place = Keys.parent(place);
        }
        return 0;
    }

    /** From now on the key's value is shown to nobody. */
    void keepSecret(String key) {
        secrets.add(key);
    }

    public boolean isSecret(String key) {
        return secrets.contains(key);
    }

    public void problem(String key, String message) {
        problem(line(key), key, message);
    }

    public void problem(ConfigValue field, String message) {
        problem(field.getName(), message);
    }

    /** Reports a problem of a list as a whole. */
    public void problem(List<Item> items, String message) {
        problem(Keys.parent(items.get(0).itself().getName()), message);
    }

    public void problem(int line, String key, String message) {
        // What is wrong with tracing costs spans at most, never a request (the file is used without the key).
        boolean tolerated = Keys.isOfTelemetry(key);
        problems.add(new Problem(file, line, key, tolerated ? message + "; " + INSTEAD : message, tolerated));
    }

    /**
     * A value as a message may show it: quoted, on one line, not too long; without what comes before an {@code @} or
     * after a {@code ?}, where URLs hold credentials; and not at all when it is secret.
     */
    public String shown(String key, String value) {
        if (secrets.contains(key)) {
            return "the value from the environment";
        }
        int at = value.lastIndexOf('@');
        String host = at < 0 ? value : "…" + value.substring(at);
        int query = host.indexOf('?');
        return '"' + printable(query < 0 ? host : host.substring(0, query + 1) + "…") + '"';
    }

    public String shown(ConfigValue field) {
        return shown(field.getName(), field.getValue());
    }

    public static String printable(String text) {
        String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        StringBuilder printable = new StringBuilder(start.length());
        for (int i = 0; i < start.length(); i++) {
            char c = start.charAt(i);
            // A line break would let a file forge log lines; a lone surrogate cannot be written out.
            printable.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return printable.toString();
    }

    private record Found(int line, Shape shape) {}
}
