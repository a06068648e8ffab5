/** Memory accounting: the bytes held per owner, their bounds, and the order in which load is shed. */
@NullMarked
package dev.clew.budget;

import org.jspecify.annotations.NullMarked;
