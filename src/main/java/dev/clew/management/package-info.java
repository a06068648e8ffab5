/** Access control of the management port: allowed hosts, same-origin pages, and a token where one is configured. */
@NullMarked
package dev.clew.management;

import org.jspecify.annotations.NullMarked;
