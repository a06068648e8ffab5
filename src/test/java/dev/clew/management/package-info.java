/** Tests of the management port's access control. */
@NullMarked
package dev.clew.management;

import org.jspecify.annotations.NullMarked;
