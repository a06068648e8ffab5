/** Who may ask for what: credentials, what they prove, and what is demanded of them. Plain Java, without server or clock. */
@NullMarked
package dev.clew.access;

import org.jspecify.annotations.NullMarked;
