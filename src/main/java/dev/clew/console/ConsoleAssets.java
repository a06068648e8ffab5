package dev.clew.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The console's files. The page lists every other file; only those are served, and a hash of all is part of their
 * paths, so that browsers may keep them for ever.
 */
final class ConsoleAssets {

    /** The path of a file in the page, with a placeholder for the hash. */
    static final String PREFIX = "/console/assets/";

    private static final String UNHASHED = PREFIX + "@/";
    private static final String FOLDER = "console/";
    private static final int HASH_BYTES = 8;

    private final Map<String, Asset> files;
    private final Asset page;
    private final String hash;

    private ConsoleAssets(Map<String, Asset> files, Asset page, String hash) {
        this.files = Map.copyOf(files);
        this.page = page;
        this.hash = hash;
    }

    /** Reads and compresses all files; blocks. */
    static ConsoleAssets load() {
        byte[] template = read("index.html");
        MessageDigest digest = sha256();
        digest.update(template);
        String html = new String(template, StandardCharsets.UTF_8);
        Map<String, Asset> files = new HashMap<>();
        for (int at = html.indexOf(UNHASHED); at >= 0; at = html.indexOf(UNHASHED, at + 1)) {
            String name = html.substring(at + UNHASHED.length(), html.indexOf('"', at));
            byte[] content = read(name);
            digest.update(content);
            files.put(name, Asset.of(name, content));
        }
        String hash = HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        String page = html.replace(UNHASHED, PREFIX + hash + '/');
        return new ConsoleAssets(files, Asset.of("index.html", page.getBytes(StandardCharsets.UTF_8)), hash);
    }

    /** Returns the page, the same for all views. */
    Asset page() {
        return page;
    }

    /** Returns the hash of all files. */
    String hash() {
        return hash;
    }

    /**
     * Returns the file at a path; null if there is none.
     *
     * @param path begins with {@link #PREFIX}
     */
    @Nullable Asset file(String path) {
        int name = PREFIX.length() + hash.length() + 1;
        boolean isCurrent = path.length() > name && path.startsWith(hash + '/', PREFIX.length());
        return isCurrent ? files.get(path.substring(name)) : null;
    }

    private static byte[] read(String name) {
        try (InputStream in = ConsoleAssets.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("console: the page lists " + name + ", which does not exist");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException required) {
            throw new IllegalStateException(required);
        }
    }
}
