/**
 * What the running gateway promises, checked from outside: each {@code …Contract} runs in this process ({@code …Test}) and
 * against the packaged application ({@code …IT}), between real clients, real upstreams and a real telemetry backend.
 */
@NullMarked
package dev.clew.contract;

import org.jspecify.annotations.NullMarked;
