/** Grammar that header fields of several specifications and configuration files share: plain Java. */
@NullMarked
package dev.clew.grammar;

import org.jspecify.annotations.NullMarked;
