package dev.clew.config.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one key of a configuration file, next to the method that reads it. The JSON schemas that editors complete
 * from, the tables in {@code docs/configuration.md} and the range that a number is checked against are made from it.
 *
 * <p>The mappings themselves hold {@link io.smallrye.config.ConfigValue}s, not numbers or durations: a value's place in
 * the file must still be known when it turns out to be wrong, and a wrong value must neither hide the file's other
 * mistakes nor be quoted when it is secret.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Setting {

    /** The kind of value; for a list, of each item. */
    Kind value();

    /**
     * The key's meaning, for a reader who knows what a gateway is: sentences in Markdown; links as from {@code docs/}.
     */
    String text();

    /** The default, as it would be written; empty when there is none. */
    String standard() default "";

    /** The default in words, where it is no value that could be written, or depends on something. */
    String absent() default "";

    boolean required() default false;

    /** The least number allowed, for a {@link Kind#COUNT}. */
    int from() default 0;

    /** The greatest number allowed, for a {@link Kind#COUNT}. */
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
