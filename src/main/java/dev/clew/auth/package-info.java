/** Client authentication: reads credentials, verifies tokens, and fetches the keys that verify them. */
@NullMarked
package dev.clew.auth;

import org.jspecify.annotations.NullMarked;
