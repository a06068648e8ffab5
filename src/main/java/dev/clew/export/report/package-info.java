/** Tells how exports fare: metrics, the management page, the traces seen last. */
@NullMarked
package dev.clew.export.report;

import org.jspecify.annotations.NullMarked;
