/** What connections hold, counted where their bytes wait: in Netty's queues. */
@NullMarked
package dev.clew.budget.channel;

import org.jspecify.annotations.NullMarked;
