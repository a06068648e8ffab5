@NullMarked
package dev.clew.action;

import org.jspecify.annotations.NullMarked;
