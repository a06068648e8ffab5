/** Counts the bytes that connections hold where they wait: in Netty's queues. */
@NullMarked
package dev.clew.budget.channel;

import org.jspecify.annotations.NullMarked;
