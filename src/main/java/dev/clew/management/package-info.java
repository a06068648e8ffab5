/**
 * Who may read the management port: hosts that a foreign name cannot stand for, pages of its own, and callers with a token where one is
 * configured.
 */
@NullMarked
package dev.clew.management;

import org.jspecify.annotations.NullMarked;
