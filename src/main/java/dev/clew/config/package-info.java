/**
 * Reads the files in {@code gateway/} and {@code tenants/}: SmallRye Config mappings, and the way from YAML into them
 * that keeps line numbers.
 *
 * <p>A {@code …Section} is a mapping: it declares keys. A {@code …Translation} makes settings of several sections;
 * {@code …Settings} are what comes out.
 */
@NullMarked
package dev.clew.config;

import org.jspecify.annotations.NullMarked;
