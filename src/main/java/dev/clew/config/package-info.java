/**
 * Reads the files in {@code gateway/} and {@code tenants/}: SmallRye Config mappings, and the way from YAML into them that
 * keeps line numbers.
 */
@NullMarked
package dev.clew.config;

import org.jspecify.annotations.NullMarked;
