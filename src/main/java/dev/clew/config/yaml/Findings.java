package dev.clew.config.yaml;

import dev.clew.tenant.Problem;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;

/** The findings in one file while it is read: the line of each key, secret values, and problems. */
public final class Findings {

    /** The consequence of a tolerated problem. */
    public static final String INSTEAD = "the default is used";

    private static final int LONGEST_SHOWN = 80;

    private final String file;
    private final Map<String, Found> found = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private String text = "";

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
    public int rejections() {
        int rejections = 0;
        for (Problem problem : problems) {
            rejections += problem.tolerated() ? 0 : 1;
        }
        return rejections;
    }

    /** Returns whether the file is usable despite its problems. */
    public boolean areTolerable() {
        return rejections() == 0;
    }

    /** Keeps the file's text, of which problems show a line. */
    void text(String content) {
        text = content;
    }

    void found(String key, Place place, Shape shape) {
        found.put(key, new Found(place, shape));
    }

    /** Returns the shape of a key in the file. */
    Shape shape(String key) {
        Found place = found.get(key);
        if (place == null) {
            throw new IllegalArgumentException("not in the file: " + key);
        }
        return place.shape;
    }

    /** Returns whether the file has neither keys nor problems. */
    public boolean isEmpty() {
        return found.isEmpty() && problems.isEmpty();
    }

    /** Returns whether the file has this key, valid or not. */
    public boolean has(String key) {
        return found.containsKey(key);
    }

    public boolean has(ConfigValue field) {
        return has(field.getName());
    }

    /** Returns all keys of the file, valid or not. */
    Set<String> places() {
        return found.keySet();
    }

    /** Returns the line of a key, or of its nearest ancestor in the file; 0 without one. */
    public int line(String key) {
        return place(key).line;
    }

    private Place place(String key) {
        String place = key;
        while (!place.isEmpty()) {
            Found here = found.get(place);
            if (here != null) {
                return here.place;
            }
            place = Keys.parent(place);
        }
        return Place.NONE;
    }

    /** Marks the key's value as secret: it is not shown. */
    void keepSecret(String key) {
        secrets.add(key);
    }

    public boolean isSecret(String key) {
        return secrets.contains(key);
    }

    public void problem(String key, String message) {
        problem(place(key), key, message);
    }

    public void problem(ConfigValue field, String message) {
        problem(field.getName(), message);
    }

    /** Reports a problem of a list as a whole. */
    public void problem(List<Item> items, String message) {
        problem(Keys.parent(items.get(0).itself().getName()), message);
    }

    void problem(Place place, String key, String message) {
        // Problems of tracing cost at most spans, never a request: the file is used without the key.
        boolean tolerated = Keys.isOfTelemetry(key);
        String whole = tolerated ? message + "; " + INSTEAD : message;
        add(place, key, whole, whole, tolerated);
    }

    /** Reports a tolerated problem whose messages say what happens instead. */
    public void tolerated(ConfigValue field, String message, String publicMessage) {
        add(place(field.getName()), field.getName(), message, publicMessage, true);
    }

    private void add(Place place, String key, String message, String publicMessage, boolean tolerated) {
        String line = Excerpt.of(text, place.line);
        problems.add(new Problem(file, place.line, place.column, key, message, publicMessage, line, tolerated));
    }

    /**
     * Returns a value for a message: quoted, on one line, truncated; without what precedes an {@code @}, and without a
     * query, where URLs have credentials; a placeholder for a secret.
     */
    public String shown(String key, String value) {
        if (secrets.contains(key)) {
            return "the value from the environment";
        }
        int at = value.lastIndexOf('@');
        String host = at < 0 ? value : "…" + value.substring(at);
        int query = host.indexOf('?');
        boolean url = query >= 0 && (host.contains("://") || host.indexOf('=', query) > 0);
        return '"' + printable(url ? host.substring(0, query + 1) + "…" : host) + '"';
    }

    public String shown(ConfigValue field) {
        return shown(field.getName(), field.getValue());
    }

    public static String printable(String text) {
        return printable(text, LONGEST_SHOWN);
    }

    static String printable(String text, int longest) {
        String start = text.length() > longest ? text.substring(0, longest) + "…" : text;
        StringBuilder printable = new StringBuilder(start.length());
        for (int i = 0; i < start.length(); i++) {
            char c = start.charAt(i);
            // A line break could forge log lines; a lone surrogate cannot be encoded.
            printable.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return printable.toString();
    }

    /**
     * A place in the file.
     *
     * @param line counted from 1; 0 if it is not known
     * @param column counted from 1; 0 if it is not known
     */
    record Place(int line, int column) {

        static final Place NONE = new Place(0, 0);

        static Place of(Mark mark) {
            return new Place(mark.getLine() + 1, mark.getColumn() + 1);
        }
    }

    private record Found(Place place, Shape shape) {}
}
