/**
 * The listener's wire rules: HTTP messages that Netty would repair, or that Vert.x would respond to without the
 * gateway, reach the pipeline as requests that it rejects.
 */
@NullMarked
package dev.clew.listener;

import org.jspecify.annotations.NullMarked;
