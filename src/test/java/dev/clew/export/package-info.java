/** Tests of the export from a finished span to a backend. */
@NullMarked
package dev.clew.export;

import org.jspecify.annotations.NullMarked;
