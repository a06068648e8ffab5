/**
 * Access to the management port: for hosts that a foreign name cannot stand for, its own pages, and callers with a
 * token where one is configured.
 */
@NullMarked
package dev.clew.management;

import org.jspecify.annotations.NullMarked;
