/** Header fields by name: the rules that the gateway has for each, whatever its spelling. Plain Java. */
@NullMarked
package dev.clew.header;

import org.jspecify.annotations.NullMarked;
