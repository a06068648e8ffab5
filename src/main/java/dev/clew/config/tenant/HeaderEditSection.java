package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Changes to header fields. No name may be in two of them, nor one that the gateway or the connection needs. */
interface HeaderEditSection extends Item {

    @Setting(
            value = Kind.TEXT,
            text = "Fields to set, with their value; it replaces all existing values ([allowed "
                    + "fields](http.md#changed-header-fields)).",
            absent = "none")
    Map<String, ConfigValue> set();

    @Setting(value = Kind.TEXT, text = "Fields to add, with their value; existing values stay.", absent = "none")
    Map<String, ConfigValue> add();

    @Setting(value = Kind.HEADER, text = "Fields to remove.", absent = "none")
    List<Item> remove();
}
