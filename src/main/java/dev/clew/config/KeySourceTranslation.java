package dev.clew.config;

import dev.clew.access.KeySource;
import dev.clew.access.KeySource.Fetched;
import dev.clew.config.AuthenticationSettings.KeySetSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of what a tenant's file says of an issuer's keys where they come from. */
final class KeySourceTranslation {

    private static final int MOST_PORT = 65_535;

    private final Findings findings;
    private final Fields fields;
    private final PemFiles files;

    KeySourceTranslation(Findings findings, Fields fields, PemFiles files) {
        this.findings = findings;
        this.fields = fields;
        this.files = files;
    }

    Optional<KeySource> source(String key, KeySetSettings settings) {
        if (settings.url().isPresent() == settings.file().isPresent()) {
            findings.problem(key, "both or neither of url and file (expected: one of the two)");
            return Optional.empty();
        }
        String urlKey = Keys.child(key, "url");
        return settings.file().isPresent()
                ? fields.parse(Keys.child(key, "file"), settings.file().get(), files::keySet)
                        .map(KeySource.Held::new)
                : fields.require(urlKey, settings.url(), KeySourceTranslation::uri)
                        .map(uri -> fetched(key, settings, uri));
    }

    private KeySource fetched(String key, KeySetSettings settings, URI uri) {
        @Nullable String authorities = fields.readOrNull(
                Keys.child(key, "authorities"), settings.authorities(), path -> files.certificates(path)
                        .text());
        return new Fetched(
                uri,
                authorities,
                fields.read(Keys.child(key, "refresh"), settings.refresh(), Values::duration, Fetched.REFRESH),
                fields.read(Keys.child(key, "keep"), settings.keep(), Values::duration, Fetched.KEEP),
                fields.read(Keys.child(key, "cool-down"), settings.coolDown(), Values::duration, Fetched.COOL_DOWN));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getPort() <= MOST_PORT
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("expected: an http or https URL", malformed);
        }
        throw new IllegalArgumentException("expected: an http or https URL without user and fragment");
    }
}
