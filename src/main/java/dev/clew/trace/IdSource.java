package dev.clew.trace;

/** Where new trace and span IDs come from, so that a test can fix them. */
public interface IdSource {}
