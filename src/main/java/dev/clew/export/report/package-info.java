/** Reports on export: metrics, the management page, recent traces. */
@NullMarked
package dev.clew.export.report;

import org.jspecify.annotations.NullMarked;
