package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.List;

/** From which client addresses requests are taken. */
interface NetworkSection {

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges of clients that requests are taken from "
                    + "([addresses](authentication.md#addresses)); others are answered with 403.",
            absent = "all")
    List<Item> allow();

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges that requests are not taken from, also where `allow` has them.",
            absent = "none")
    List<Item> deny();
}
