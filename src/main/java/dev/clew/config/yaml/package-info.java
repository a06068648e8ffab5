/** Reads YAML files into SmallRye Config mappings and reports problems with their lines. */
@NullMarked
package dev.clew.config.yaml;

import org.jspecify.annotations.NullMarked;
