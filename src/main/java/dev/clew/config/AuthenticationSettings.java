package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may take a tenant's routes, and how callers prove who they are. */
interface AuthenticationSettings {

    @Setting(
            value = Kind.NAME,
            text = "The schemes of which a caller must satisfy one; for routes that do not say otherwise. Anybody may"
                    + " come when left out.")
    Optional<List<String>> required();

    @Setting(value = Kind.GROUP, text = "The ways in which callers prove who they are, by name.")
    Map<String, SchemeSettings> schemes();

    /** One way: one of the two. */
    interface SchemeSettings {

        @Setting(value = Kind.GROUP, text = "Secrets that callers have been given.")
        ApiKeySettings apiKeys();

        @Setting(value = Kind.GROUP, text = "Bearer tokens (JSON Web Tokens) that an issuer has signed.")
        JwtSettings jwt();
    }

    /** Secrets that callers have been given. */
    interface ApiKeySettings {

        @Setting(
                value = Kind.DIGEST,
                text = "For each key, by the name of who has it, sha256: and the SHA-256 of the key in hexadecimal"
                        + " digits.",
                required = true)
        Map<String, String> keys();

        @Setting(
                value = Kind.HEADER,
                text = "The header field that holds the key; authorization for a bearer token.",
                standard = "x-api-key")
        Optional<String> header();

        @Setting(value = Kind.HEADER, text = "The header field by which the upstream is told the key's name.")
        Optional<String> identityHeader();

        @Setting(value = Kind.FLAG, text = "Whether the upstream gets the key.", standard = "false")
        Optional<String> pass();
    }

    /** Tokens that an issuer has signed. */
    interface JwtSettings {

        @Setting(value = Kind.TEXT, text = "Who must have signed, exactly as the claim iss says.", required = true)
        Optional<String> issuer();

        @Setting(value = Kind.TEXT, text = "Of which the claim aud must hold one.", required = true)
        Optional<List<String>> audiences();

        @Setting(value = Kind.SIGNATURE_ALGORITHM, text = "Which may have signed; RS256 and ES256 when left out.")
        Optional<List<String>> algorithms();

        @Setting(value = Kind.DURATION, text = "By how much clocks may differ, at most 5m.", standard = "30s")
        Optional<String> leeway();

        @Setting(value = Kind.GROUP, text = "The issuer's public keys, from a URL or a file.", required = true)
        KeySetSettings keySet();

        @Setting(
                value = Kind.TEXT,
                text = "Header fields by which the upstream is told claims: the claim by the field's name.")
        Map<String, String> identityHeaders();

        @Setting(value = Kind.FLAG, text = "Whether the upstream gets the token; true when left out.")
        Optional<String> pass();
    }

    /** A JSON Web Key set: from one of the two places. */
    interface KeySetSettings {

        @Setting(value = Kind.URL, text = "Where it is fetched from, http or https.")
        Optional<String> url();

        @Setting(value = Kind.FILE, text = "A file with it, from the configuration's folder.")
        Optional<String> file();

        @Setting(
                value = Kind.FILE,
                text = "A PEM file of the authorities whose certificates are believed of the URL's server; the"
                        + " platform's when left out.")
        Optional<String> authorities();

        @Setting(value = Kind.DURATION, text = "How long after an answer it is fetched again.", standard = "5m")
        Optional<String> refresh();

        @Setting(value = Kind.DURATION, text = "How long it is used while it cannot be fetched.", standard = "24h")
        Optional<String> keep();

        @Setting(
                value = Kind.DURATION,
                text = "The least time between two fetches because of a key that is not known.",
                standard = "10s")
        Optional<String> coolDown();
    }

    /** What callers of one route have to prove. */
    interface RouteAuthenticationSettings {

        @Setting(
                value = Kind.NAME,
                text = "The schemes of which a caller must satisfy one, or none for anybody; the tenant's when left"
                        + " out.")
        Optional<List<String>> required();

        @Setting(value = Kind.TEXT, text = "The scopes that a token must have, all of them.")
        Optional<List<String>> scopes();

        @Setting(value = Kind.GROUP, text = "The claims that a token must have, all of them.")
        List<ClaimSettings> claims();
    }

    /** A claim: a string, or a list that holds it. */
    interface ClaimSettings {

        @Setting(value = Kind.TEXT, text = "Its name.", required = true)
        Optional<String> name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.", required = true)
        Optional<String> value();
    }
}
