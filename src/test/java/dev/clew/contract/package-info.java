/**
 * The promises of the running gateway, checked from outside, in a room for each kind of promise. Each
 * {@code …Contract} runs in this process ({@code …Test}) and against the packaged application ({@code …IT}), between
 * real clients, real upstreams and a real telemetry backend; an {@code …IT} without a contract starts gateways of its
 * own. Fixtures of one room stand in it, those of several in {@code world}, {@code client} and {@code server}.
 */
@NullMarked
package dev.clew.contract;

import org.jspecify.annotations.NullMarked;
