/** The rules for header fields by name. Plain Java. */
@NullMarked
package dev.clew.header;

import org.jspecify.annotations.NullMarked;
