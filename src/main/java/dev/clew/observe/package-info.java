/**
 * What is known of a request once it has ended: its spans, its metrics and its line in the access log, all three from
 * an allow-list.
 */
@NullMarked
package dev.clew.observe;

import org.jspecify.annotations.NullMarked;
