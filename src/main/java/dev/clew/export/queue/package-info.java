/** Finished spans and log records, bounded queues of them, and their counts. */
@NullMarked
package dev.clew.export.queue;

import org.jspecify.annotations.NullMarked;
