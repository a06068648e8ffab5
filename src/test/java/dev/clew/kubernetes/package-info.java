/** Tests that the committed manifests are what the build makes, and that Kubernetes can make sense of them. */
@NullMarked
package dev.clew.kubernetes;

import org.jspecify.annotations.NullMarked;
