/**
 * The journal of requests, in plain Java: what is kept of an ended request, its worth, a store bounded in bytes and
 * fair between tenants, and queries of it.
 */
@NullMarked
package dev.clew.journal;

import org.jspecify.annotations.NullMarked;
