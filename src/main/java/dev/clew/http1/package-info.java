/** The grammar of HTTP/1 messages as bytes, for both sides: requests and responses are read by the same letter. */
@NullMarked
package dev.clew.http1;

import org.jspecify.annotations.NullMarked;
