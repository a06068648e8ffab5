/** Grammar shared by several specifications' header fields and by configuration files: plain Java. */
@NullMarked
package dev.clew.grammar;

import org.jspecify.annotations.NullMarked;
