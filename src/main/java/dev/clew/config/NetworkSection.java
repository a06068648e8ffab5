package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.List;

/** From which client addresses requests are taken. */
interface NetworkSection {

    @Setting(value = Kind.NETWORK, text = "The address ranges that requests are taken from; all when left out.")
    List<Item> allow();

    @Setting(value = Kind.NETWORK, text = "The address ranges that they are not taken from, also where allow has them.")
    List<Item> deny();
}
