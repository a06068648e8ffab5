@NullMarked
package dev.clew.connection;

import org.jspecify.annotations.NullMarked;
