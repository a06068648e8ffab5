/** A route's actions besides forwarding, in plain Java: the gateway's own responses, and changes to header fields. */
@NullMarked
package dev.clew.action;

import org.jspecify.annotations.NullMarked;
