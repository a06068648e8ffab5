package dev.clew.exchange;

/**
 * What belongs to one event loop and is touched by it alone, so that a request meets no lock from accept to upstream.
 *
 * @param index from 0, dense: per-loop state elsewhere sits in an array by it
 */
public record Loop(int index, Deadlines deadlines) {}
