package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.List;
import java.util.Optional;

/** From which client addresses requests are taken. */
interface NetworkSettings {

    @Setting(value = Kind.NETWORK, text = "The address ranges that requests are taken from; all when left out.")
    Optional<List<String>> allow();

    @Setting(value = Kind.NETWORK, text = "The address ranges that they are not taken from, also where allow has them.")
    Optional<List<String>> deny();
}
