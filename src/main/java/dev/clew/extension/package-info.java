/** What an operator's own code in the gateway uses: filters for requests. */
@NullMarked
package dev.clew.extension;

import org.jspecify.annotations.NullMarked;
