/**
 * The gateway's own failures: their kinds, the messages for clients and for operators, and the responses to them. Plain
 * Java.
 */
@NullMarked
package dev.clew.error;

import org.jspecify.annotations.NullMarked;
