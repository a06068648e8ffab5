package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** Cross-origin rules of a route; the gateway responds to preflight requests. */
interface CorsSection extends Item {

    @Setting(
            value = Kind.TEXT,
            text = "Origins: `https://app.example.com`, `\"https://*.example.com\"`, or `\"*\"` for any.",
            required = true)
    List<Item> origins();

    @Setting(
            value = Kind.METHOD,
            text = "Methods that pages may use.",
            absent = "the route's, else `GET`, `HEAD`, `POST`")
    List<Item> methods();

    @Setting(value = Kind.HEADER, text = "Request header fields that pages may send; `\"*\"` for any.", absent = "none")
    List<Item> headers();

    @Setting(
            value = Kind.HEADER,
            text = "Response header fields that pages may read, for example `x-trace-id`; `\"*\"` for any.",
            absent = "none")
    List<Item> expose();

    @Setting(
            value = Kind.FLAG,
            text = "Whether requests may carry credentials such as cookies; not allowed together with `\"*\"`.",
            standard = "false")
    ConfigValue credentials();

    @Setting(
            value = Kind.DURATION,
            text = "How long a browser may cache the preflight response.",
            absent = "the browser's")
    ConfigValue maxAge();
}
