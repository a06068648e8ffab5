package dev.clew.config.tenant;

import dev.clew.access.KeySource;
import dev.clew.access.KeySource.Fetched;
import dev.clew.config.tenant.AuthenticationSection.KeySetSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.PemFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates the source of an issuer's keys. */
final class KeySourceTranslation {

    private static final int MAX_PORT = 65_535;

    private final Findings findings;
    private final Fields fields;
    private final PemFiles files;

    KeySourceTranslation(Findings findings, Fields fields, PemFiles files) {
        this.findings = findings;
        this.fields = fields;
        this.files = files;
    }

    Optional<KeySource> source(KeySetSection section) {
        if (Fields.isSet(section.url()) == Fields.isSet(section.file())) {
            findings.problem(section.itself(), "both or neither of url and file (expected: one of the two)");
            return Optional.empty();
        }
        return Fields.isSet(section.file())
                ? fields.parse(section.file(), files::keySet).map(KeySource.Held::new)
                : fields.require(section.url(), KeySourceTranslation::uri).map(uri -> fetched(section, uri));
    }

    private KeySource fetched(KeySetSection section, URI uri) {
        @Nullable String authorities = fields.readOrNull(
                section.authorities(), path -> files.certificates(path).text());
        return new Fetched(
                uri,
                authorities,
                fields.duration(section.refresh(), Fetched.REFRESH),
                fields.duration(section.keep(), Fetched.KEEP),
                fields.duration(section.coolDown(), Fetched.COOL_DOWN));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getPort() <= MAX_PORT
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
