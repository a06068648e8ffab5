/** Tests of who may read the management port. */
@NullMarked
package dev.clew.management;

import org.jspecify.annotations.NullMarked;
