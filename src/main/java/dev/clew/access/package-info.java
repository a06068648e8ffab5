/**
 * Access rules: client addresses, credentials, identities and what routes require of them. Plain Java, without server
 * or clock.
 */
@NullMarked
package dev.clew.access;

import org.jspecify.annotations.NullMarked;
