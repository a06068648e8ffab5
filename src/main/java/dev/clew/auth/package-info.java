/** Refuses those who may not come: by their address, and by what they cannot prove. Fetches the keys that tokens are checked with. */
@NullMarked
package dev.clew.auth;

import org.jspecify.annotations.NullMarked;
