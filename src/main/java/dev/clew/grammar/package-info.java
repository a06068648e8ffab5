/** Grammar shared by the header fields of several specifications and by configuration files. Plain Java. */
@NullMarked
package dev.clew.grammar;

import org.jspecify.annotations.NullMarked;
