package dev.clew.journal;

import org.jspecify.annotations.Nullable;

/**
 * The subject of a request, without personal data.
 *
 * @param host as requested, normalised, and {@linkplain MaskedHost masked} unless a tenant has it by name; null if it
 *     was missing or malformed
 * @param method a known method, or {@code _OTHER}
 * @param path as the access log shows it: {@linkplain MaskedPath masked} or whole; null if it is not shown
 * @param protocol HTTP's version: {@code 1.0}, {@code 1.1} or {@code 2}
 * @param network the client's truncated address, such as {@code 192.0.2.0/24}; null if it is not shown
 */
public record Subject(
        @Nullable String host, String method, @Nullable String path, String protocol, @Nullable String network) {}
