/**
 * The command line: checks and explains configuration files, asks a running gateway, and creates tokens. Never used by
 * a gateway that serves.
 */
@NullMarked
package dev.clew.cli;

import org.jspecify.annotations.NullMarked;
