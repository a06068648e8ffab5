package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** Cross-origin rules of a route; the gateway answers preflight requests. */
interface CorsSection extends Item {

    @Setting(
            value = Kind.TEXT,
            text = "The origins of the pages: `https://app.example.com`, `\"https://*.example.com\"`, or "
                    + "`\"*\"` for any.",
            required = true)
    List<Item> origins();

    @Setting(
            value = Kind.METHOD,
            text = "The methods such a page may use.",
            absent = "the route's, else `GET`, `HEAD`, `POST`")
    List<Item> methods();

    @Setting(value = Kind.HEADER, text = "The header fields such a page may send; `\"*\"` for any.", absent = "none")
    List<Item> headers();

    @Setting(
            value = Kind.HEADER,
            text = "The header fields such a page may read, such as `x-trace-id`; `\"*\"` for any.",
            absent = "none")
    List<Item> expose();

    @Setting(
            value = Kind.FLAG,
            text = "Whether cookies and the like may be sent along; not together with a `\"*\"`.",
            standard = "false")
    ConfigValue credentials();

    @Setting(value = Kind.DURATION, text = "How long a browser may remember.", absent = "the browser's")
    ConfigValue maxAge();
}
