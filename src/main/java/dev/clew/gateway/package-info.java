/** The gateway's assembly: the order of a request's filters, start-up, reload and drain. */
@NullMarked
package dev.clew.gateway;

import org.jspecify.annotations.NullMarked;
