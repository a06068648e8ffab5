package dev.clew.config.yaml;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.WithParentName;

/** A part of a file that knows its place: an item of a list, or an optional group. */
public interface Item {

    /** Returns a value whose name is the place; for an item of a list of single values, with the value. */
    @WithParentName
    ConfigValue itself();
}
