/** Contracts on the gateway in the container, the files and the environment that {@code kubernetes/} describes. */
@NullMarked
package dev.clew.contract.deployment;

import org.jspecify.annotations.NullMarked;
