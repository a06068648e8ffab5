/** Finished spans, the bounded queues they wait in, and the counts of both. */
@NullMarked
package dev.clew.export.queue;

import org.jspecify.annotations.NullMarked;
