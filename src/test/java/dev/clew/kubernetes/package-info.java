/** Tests that the committed manifests match the build, and are valid for Kubernetes. */
@NullMarked
package dev.clew.kubernetes;

import org.jspecify.annotations.NullMarked;
