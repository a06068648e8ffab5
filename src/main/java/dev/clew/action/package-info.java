/**
 * What a route can do with a request beside sending it on, in plain Java: answers of the gateway's own, and what is
 * changed in header fields. {@code answer} carries it out.
 */
@NullMarked
package dev.clew.action;

import org.jspecify.annotations.NullMarked;
