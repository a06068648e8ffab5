/** The accounting of the bytes pending in Netty's outbound queues. */
@NullMarked
package dev.clew.budget.channel;

import org.jspecify.annotations.NullMarked;
