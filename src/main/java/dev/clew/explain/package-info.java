/** The explanation of a request's fate, in plain Java: its decision trail and its story in one sentence. */
@NullMarked
package dev.clew.explain;

import org.jspecify.annotations.NullMarked;
