package dev.clew.exchange;

/**
 * The state confined to one event loop, so that a request meets no lock between accept and upstream.
 *
 * @param index the dense index from 0 of this loop's entries in per-loop arrays
 */
public record Loop(int index, Deadlines deadlines) {}
