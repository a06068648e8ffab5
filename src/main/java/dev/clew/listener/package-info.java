/**
 * What may arrive on the wire: HTTP/1 messages that Netty would repair, or that Vert.x would answer on its own, are handed
 * to the gateway's pipeline as requests it refuses itself.
 */
@NullMarked
package dev.clew.listener;

import org.jspecify.annotations.NullMarked;
