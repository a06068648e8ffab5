package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Changes to header fields. No name may stand in two of them, and none that the gateway or the connection needs. */
interface HeaderEditSection extends Item {

    @Setting(
            value = Kind.TEXT,
            text = "Fields with the one value that they get, whatever was there ([which "
                    + "ones](http.md#changed-header-fields)).",
            absent = "none")
    Map<String, ConfigValue> set();

    @Setting(value = Kind.TEXT, text = "Fields with a value that they get beside what is there.", absent = "none")
    Map<String, ConfigValue> add();

    @Setting(value = Kind.HEADER, text = "Fields that are taken away.", absent = "none")
    List<Item> remove();
}
