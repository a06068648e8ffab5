/**
 * Requests to an upstream, through one interface for two clients: the gateway's own, which speaks HTTP/1.1 on Netty's
 * channels, and Vert.x's, which carries everything else.
 */
@NullMarked
package dev.clew.upstream.client;

import org.jspecify.annotations.NullMarked;
