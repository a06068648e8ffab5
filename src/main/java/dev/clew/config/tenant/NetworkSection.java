package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import java.util.List;

/** The client addresses from which requests are accepted. */
interface NetworkSection {

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges of allowed clients ([addresses](authentication.md#addresses)); all others get "
                    + "403.",
            absent = "all")
    List<Item> allow();

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges of denied clients, even if `allow` contains them.",
            absent = "none")
    List<Item> deny();
}
