package dev.clew.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one key of a configuration file, next to the method that reads it. The JSON schemas that editors complete from, and the
 * range that a number is checked against, are made from it.
 *
 * <p>The mappings themselves hold {@link io.smallrye.config.ConfigValue}s, not numbers or durations: a value's place in the file must
 * still be known when it turns out to be wrong, and a wrong value must neither hide the file's other mistakes nor be quoted when it
 * is secret.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Setting {

    /** What is written there; for a list, what each item is. */
    Kind value();

    /** What the key means, for a reader who knows what a gateway is. */
    String text();

    /** What holds when the key is not there, as it would be written; empty when nothing does. */
    String standard() default "";

    boolean required() default false;

    /** The least number allowed, for a {@link Kind#COUNT}. */
    int from() default 0;

    /** The greatest number allowed, for a {@link Kind#COUNT}. */
    int to() default Integer.MAX_VALUE;

    /** What a value can be. */
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
