/**
 * The promises of the running gateway, checked from outside, in a package per topic. Each {@code …Contract} runs
 * in-process ({@code …Test}) and against the packaged application ({@code …IT}), between real clients, real upstreams
 * and a real telemetry backend; an {@code …IT} without a contract starts gateways of its own. Fixtures of one package
 * are in it, shared ones in {@code world}, {@code client} and {@code server}.
 */
@NullMarked
package dev.clew.contract;

import org.jspecify.annotations.NullMarked;
