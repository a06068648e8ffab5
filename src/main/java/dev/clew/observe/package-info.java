/** Records ended requests: spans, metrics and access-log lines, each from an allow-list. */
@NullMarked
package dev.clew.observe;

import org.jspecify.annotations.NullMarked;
