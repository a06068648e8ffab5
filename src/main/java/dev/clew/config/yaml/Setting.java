package dev.clew.config.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one key of a configuration file, beside the method that reads it: the source of the JSON schemas for
 * editors, the tables in {@code docs/configuration.md}, and the ranges of numbers.
 *
 * <p>The mappings hold {@link io.smallrye.config.ConfigValue}s, not numbers or durations: the place of an invalid value
 * must still be known, and it must neither hide the file's other mistakes nor be quoted when it is secret.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Setting {

    /** The kind of value; for a list, of each item. */
    Kind value();

    /** The key's meaning, for readers who know gateways: sentences in Markdown; links relative to {@code docs/}. */
    String text();

    /** The default, as it would be written; empty for none. */
    String standard() default "";

    /** The default in words, if it cannot be written as a value, or depends on something. */
    String absent() default "";

    boolean required() default false;

    /** The minimum, for a {@link Kind#COUNT}. */
    int from() default 0;

    /** The maximum, for a {@link Kind#COUNT}. */
    int to() default Integer.MAX_VALUE;

    /** The kinds of values. */
    enum Kind {
        GROUP,
        FLAG,
        COUNT,
        RATIO,
        DURATION,
        SIZE,
        NAME,
        HOST,
        URL,
        PATH,
        FILE,
        METHOD,
        NETWORK,
        INBOUND_TRUST,
        SPAN_PROFILE,
        SHOWN_PATH,
        LOG_FIELD,
        STATUS,
        BAGGAGE_KEY,
        HEADER,
        DIGEST,
        SIGNATURE_ALGORITHM,
        RETRY_CONDITION,
        PROTOCOL,
        BALANCING,
        PATH_TO_CHECK,
        OUTBOUND_FORMAT,
        OTLP_PROTOCOL,
        COMPRESSION,
        REDIRECT_STATUS,
        REGEX,
        SCHEME,
        TEXT
    }
}
