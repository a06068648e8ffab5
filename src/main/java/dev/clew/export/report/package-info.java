/** Reports on export: metrics, the management page. */
@NullMarked
package dev.clew.export.report;

import org.jspecify.annotations.NullMarked;
