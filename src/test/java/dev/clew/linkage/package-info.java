/** Finds classes and members that the packaged gateway refers to and does not have. */
package dev.clew.linkage;
