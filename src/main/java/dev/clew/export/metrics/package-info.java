/** The gateway's metrics as OTLP: read from the meter registry at an interval, and offered for export. */
@NullMarked
package dev.clew.export.metrics;

import org.jspecify.annotations.NullMarked;
