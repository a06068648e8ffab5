package dev.clew.cli;

/** The formats in which commands print. */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}
