/** Answers that routes give themselves, and changes to header fields, carried out. */
@NullMarked
package dev.clew.answer;

import org.jspecify.annotations.NullMarked;
