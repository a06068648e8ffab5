/**
 * Responses as they come over the wire, from upstreams and from whoever else the gateway asks: read strictly, bounded
 * before they are made into objects, and never taken for the response to another request.
 */
@NullMarked
package dev.clew.upstream.wire;

import org.jspecify.annotations.NullMarked;
