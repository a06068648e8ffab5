/** The grammar of HTTP/1 messages as bytes, shared by the parsing of requests and responses. */
@NullMarked
package dev.clew.http1;

import org.jspecify.annotations.NullMarked;
