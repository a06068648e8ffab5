/** Code of the operator's own inside the gateway. */
@NullMarked
package dev.clew.contract.extension;

import org.jspecify.annotations.NullMarked;
