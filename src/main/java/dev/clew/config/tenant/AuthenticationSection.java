package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Authentication of callers: its schemes, and those that a tenant's routes require. */
interface AuthenticationSection {

    @Setting(
            value = Kind.NAME,
            text = "Accepted [schemes](authentication.md), for routes without a setting of their own; a caller must "
                    + "satisfy one of them.",
            absent = "none")
    List<Item> required();

    @Setting(value = Kind.GROUP, text = "Authentication schemes, by name.")
    Map<String, SchemeSection> schemes();

    /** A scheme: either API keys or JSON Web Tokens. */
    interface SchemeSection extends Item {

        @Setting(value = Kind.GROUP, text = "API keys.")
        ApiKeySection apiKeys();

        @Setting(value = Kind.GROUP, text = "Bearer tokens (JSON Web Tokens) signed by an issuer.")
        JwtSection jwt();
    }

    /** API keys issued to callers. */
    interface ApiKeySection extends Item {

        @Setting(
                value = Kind.DIGEST,
                text = "`sha256:` and the SHA-256 of each API key in hexadecimal, by the name of the key's owner; "
                        + "never shown.",
                required = true)
        Map<String, ConfigValue> keys();

        @Setting(
                value = Kind.HEADER,
                text = "Header field that carries the key; `authorization` for a bearer token. It must not be a "
                        + "field that is [recorded in spans](tracing.md).",
                standard = "x-api-key")
        ConfigValue header();

        @Setting(
                value = Kind.HEADER,
                text = "Header field that carries the name of the key's owner to the upstream.",
                absent = "none")
        ConfigValue identityHeader();

        @Setting(value = Kind.FLAG, text = "Whether the key is forwarded to the upstream.", standard = "false")
        ConfigValue pass();
    }

    /** Tokens signed by an issuer. */
    interface JwtSection extends Item {

        @Setting(value = Kind.TEXT, text = "The token's issuer: the exact value of `iss`.", required = true)
        ConfigValue issuer();

        @Setting(
                value = Kind.TEXT,
                text = "Accepted audiences; `aud` of a token must contain one of them.",
                required = true)
        List<Item> audiences();

        @Setting(
                value = Kind.SIGNATURE_ALGORITHM,
                text = "Accepted signature algorithms: `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, "
                        + "`ES256`, `ES384`, `ES512`, `EdDSA`.",
                absent = "`[RS256, ES256]`")
        List<Item> algorithms();

        @Setting(value = Kind.DURATION, text = "Accepted clock difference, at most `5m`.", standard = "30s")
        ConfigValue leeway();

        @Setting(value = Kind.GROUP, text = "The issuer's public keys, from a URL or a file.", required = true)
        KeySetSection keySet();

        @Setting(
                value = Kind.TEXT,
                text = "Header fields that carry claims to the upstream: the claim, by the name of the field.",
                absent = "none")
        Map<String, ConfigValue> identityHeaders();

        @Setting(value = Kind.FLAG, text = "Whether the token is forwarded to the upstream.", absent = "`true`")
        ConfigValue pass();
    }

    /** A JSON Web Key set, from a URL or a file. */
    interface KeySetSection extends Item {

        @Setting(
                value = Kind.URL,
                text = "URL of the issuer's key set: `http` or `https`.",
                absent = "required, or `file`")
        ConfigValue url();

        @Setting(
                value = Kind.FILE,
                text = "File with the key set; relative to the directory that contains `tenants/`, and inside it.",
                absent = "required, or `url`")
        ConfigValue file();

        @Setting(
                value = Kind.FILE,
                text = "PEM file with the certificate authorities to trust for the URL's server.",
                absent = "the platform's")
        ConfigValue authorities();

        @Setting(value = Kind.DURATION, text = "Time between two fetches.", standard = "5m")
        ConfigValue refresh();

        @Setting(
                value = Kind.DURATION,
                text = "How long the last key set is used while no newer one can be fetched.",
                standard = "24h")
        ConfigValue keep();

        @Setting(
                value = Kind.DURATION,
                text = "Minimum time between two fetches that are caused by an unknown key.",
                standard = "10s")
        ConfigValue coolDown();
    }

    /** Authentication required by one route. */
    interface RouteAuthenticationSection extends Item {

        @Setting(
                value = Kind.NAME,
                text = "Accepted schemes; a caller must satisfy one of them. `[none]` disables authentication.",
                absent = "the tenant's")
        List<Item> required();

        @Setting(
                value = Kind.TEXT,
                text = "Scopes that a token must have, all of them; otherwise 403.",
                absent = "none")
        List<Item> scopes();

        @Setting(value = Kind.GROUP, text = "Claims that a token must have, all of them.")
        List<ClaimSection> claims();
    }

    /** A claim: a string, or a list that holds it. */
    interface ClaimSection extends Item {

        @Setting(value = Kind.TEXT, text = "The claim's name.", required = true)
        ConfigValue name();

        @Setting(
                value = Kind.TEXT,
                text = "The exact value; if the claim is a list, one of its items.",
                required = true)
        ConfigValue value();
    }
}
