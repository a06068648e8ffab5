package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Who may take a tenant's routes, and how callers prove who they are. */
interface AuthenticationSection {

    @Setting(
            value = Kind.NAME,
            text = "The schemes of which a caller must satisfy one; for routes that do not say otherwise. Anybody may"
                    + " come when left out.")
    List<Item> required();

    @Setting(value = Kind.GROUP, text = "The ways in which callers prove who they are, by name.")
    Map<String, SchemeSection> schemes();

    /** One way: one of the two. */
    interface SchemeSection extends Item {

        @Setting(value = Kind.GROUP, text = "Secrets that callers have been given.")
        ApiKeySection apiKeys();

        @Setting(value = Kind.GROUP, text = "Bearer tokens (JSON Web Tokens) that an issuer has signed.")
        JwtSection jwt();
    }

    /** Secrets that callers have been given. */
    interface ApiKeySection extends Item {

        @Setting(
                value = Kind.DIGEST,
                text = "For each key, by the name of who has it, sha256: and the SHA-256 of the key in hexadecimal"
                        + " digits.",
                required = true)
        Map<String, ConfigValue> keys();

        @Setting(
                value = Kind.HEADER,
                text = "The header field that holds the key; authorization for a bearer token.",
                standard = "x-api-key")
        ConfigValue header();

        @Setting(value = Kind.HEADER, text = "The header field by which the upstream is told the key's name.")
        ConfigValue identityHeader();

        @Setting(value = Kind.FLAG, text = "Whether the upstream gets the key.", standard = "false")
        ConfigValue pass();
    }

    /** Tokens that an issuer has signed. */
    interface JwtSection extends Item {

        @Setting(value = Kind.TEXT, text = "Who must have signed, exactly as the claim iss says.", required = true)
        ConfigValue issuer();

        @Setting(value = Kind.TEXT, text = "Of which the claim aud must hold one.", required = true)
        List<Item> audiences();

        @Setting(value = Kind.SIGNATURE_ALGORITHM, text = "Which may have signed; RS256 and ES256 when left out.")
        List<Item> algorithms();

        @Setting(value = Kind.DURATION, text = "By how much clocks may differ, at most 5m.", standard = "30s")
        ConfigValue leeway();

        @Setting(value = Kind.GROUP, text = "The issuer's public keys, from a URL or a file.", required = true)
        KeySetSection keySet();

        @Setting(
                value = Kind.TEXT,
                text = "Header fields by which the upstream is told claims: the claim by the field's name.")
        Map<String, ConfigValue> identityHeaders();

        @Setting(value = Kind.FLAG, text = "Whether the upstream gets the token; true when left out.")
        ConfigValue pass();
    }

    /** A JSON Web Key set: from one of the two places. */
    interface KeySetSection extends Item {

        @Setting(value = Kind.URL, text = "Where it is fetched from, http or https.")
        ConfigValue url();

        @Setting(value = Kind.FILE, text = "A file with it, from the configuration's folder.")
        ConfigValue file();

        @Setting(
                value = Kind.FILE,
                text = "A PEM file of the authorities whose certificates are believed of the URL's server; the"
                        + " platform's when left out.")
        ConfigValue authorities();

        @Setting(value = Kind.DURATION, text = "How long after an answer it is fetched again.", standard = "5m")
        ConfigValue refresh();

        @Setting(value = Kind.DURATION, text = "How long it is used while it cannot be fetched.", standard = "24h")
        ConfigValue keep();

        @Setting(
                value = Kind.DURATION,
                text = "The least time between two fetches because of a key that is not known.",
                standard = "10s")
        ConfigValue coolDown();
    }

    /** What callers of one route have to prove. */
    interface RouteAuthenticationSection extends Item {

        @Setting(
                value = Kind.NAME,
                text = "The schemes of which a caller must satisfy one, or none for anybody; the tenant's when left"
                        + " out.")
        List<Item> required();

        @Setting(value = Kind.TEXT, text = "The scopes that a token must have, all of them.")
        List<Item> scopes();

        @Setting(value = Kind.GROUP, text = "The claims that a token must have, all of them.")
        List<ClaimSection> claims();
    }

    /** A claim: a string, or a list that holds it. */
    interface ClaimSection extends Item {

        @Setting(value = Kind.TEXT, text = "Its name.", required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.", required = true)
        ConfigValue value();
    }
}
