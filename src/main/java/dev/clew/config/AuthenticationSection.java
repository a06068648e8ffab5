package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Authentication of callers: its schemes, and those that a tenant's routes require. */
interface AuthenticationSection {

    @Setting(
            value = Kind.NAME,
            text = "The [schemes](authentication.md) of which a caller must satisfy one, for routes that do "
                    + "not say otherwise.",
            absent = "nobody is asked")
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
                text = "For each API key, by the name of who has it, `sha256:` and the SHA-256 of the key in "
                        + "hexadecimal digits; never shown.",
                required = true)
        Map<String, ConfigValue> keys();

        @Setting(
                value = Kind.HEADER,
                text = "The header field that holds the key; `authorization` for a bearer token. It may not be "
                        + "one that spans [tell](tracing.md).",
                standard = "x-api-key")
        ConfigValue header();

        @Setting(
                value = Kind.HEADER,
                text = "The header field by which the upstream is told the key's name.",
                absent = "none")
        ConfigValue identityHeader();

        @Setting(value = Kind.FLAG, text = "Whether the upstream gets the key.", standard = "false")
        ConfigValue pass();
    }

    /** Tokens that an issuer has signed. */
    interface JwtSection extends Item {

        @Setting(
                value = Kind.TEXT,
                text = "The issuer that must have signed a token: its `iss`, exactly.",
                required = true)
        ConfigValue issuer();

        @Setting(value = Kind.TEXT, text = "The audiences of which a token's `aud` must hold one.", required = true)
        List<Item> audiences();

        @Setting(
                value = Kind.SIGNATURE_ALGORITHM,
                text = "The algorithms that a token may be signed with: `RS256`, `RS384`, `RS512`, `PS256`, "
                        + "`PS384`, `PS512`, `ES256`, `ES384`, `ES512`, `EdDSA`.",
                absent = "`[RS256, ES256]`")
        List<Item> algorithms();

        @Setting(value = Kind.DURATION, text = "By how much clocks may differ, at most `5m`.", standard = "30s")
        ConfigValue leeway();

        @Setting(value = Kind.GROUP, text = "The issuer's public keys, from a URL or a file.", required = true)
        KeySetSection keySet();

        @Setting(
                value = Kind.TEXT,
                text = "Header fields by which the upstream is told claims: the claim, by the field's name.",
                absent = "none")
        Map<String, ConfigValue> identityHeaders();

        @Setting(value = Kind.FLAG, text = "Whether the upstream gets the token.", absent = "`true`")
        ConfigValue pass();
    }

    /** A JSON Web Key set: from one of the two places. */
    interface KeySetSection extends Item {

        @Setting(
                value = Kind.URL,
                text = "Where the issuer's key set is fetched from: `http` or `https`.",
                absent = "required, or `file`")
        ConfigValue url();

        @Setting(
                value = Kind.FILE,
                text = "A file with the key set; its path begins in the folder that holds `tenants/` and stays "
                        + "within it.",
                absent = "required, or `url`")
        ConfigValue file();

        @Setting(
                value = Kind.FILE,
                text = "A PEM file of the authorities whose certificates are believed of the URL's server.",
                absent = "the platform's")
        ConfigValue authorities();

        @Setting(value = Kind.DURATION, text = "How long after a response it is fetched again.", standard = "5m")
        ConfigValue refresh();

        @Setting(
                value = Kind.DURATION,
                text = "How long the last response is used while there is no newer one.",
                standard = "24h")
        ConfigValue keep();

        @Setting(
                value = Kind.DURATION,
                text = "The least time between two fetches because of a key that is not known.",
                standard = "10s")
        ConfigValue coolDown();
    }

    /** Authentication that one route requires. */
    interface RouteAuthenticationSection extends Item {

        @Setting(
                value = Kind.NAME,
                text = "The schemes of which a caller must satisfy one; `[none]` for anybody.",
                absent = "the tenant's")
        List<Item> required();

        @Setting(value = Kind.TEXT, text = "Scopes that a token must have, all of them; else 403.", absent = "none")
        List<Item> scopes();

        @Setting(value = Kind.GROUP, text = "The claims that a token must have, all of them.")
        List<ClaimSection> claims();
    }

    /** A claim: a string, or a list that holds it. */
    interface ClaimSection extends Item {

        @Setting(value = Kind.TEXT, text = "The claim's name.", required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly, or an item of it where it is a list.", required = true)
        ConfigValue value();
    }
}
