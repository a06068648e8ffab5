package dev.clew.config.yaml;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.WithParentName;

/** Part of a file that knows its own place: an item of a list, or a group that may be written or not. */
public interface Item {

    /** Holds the place as its name, and for an item of a list of single values the value. */
    @WithParentName
    ConfigValue itself();
}
