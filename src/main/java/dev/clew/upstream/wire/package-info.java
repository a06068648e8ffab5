/**
 * Strict decoding of upstream responses and of those to the gateway's own clients: bounded before objects are created,
 * and never matched to another request.
 */
@NullMarked
package dev.clew.upstream.wire;

import org.jspecify.annotations.NullMarked;
