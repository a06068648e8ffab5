package dev.clew.config.gateway;

import dev.clew.config.gateway.GatewaySettings.Journal;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** The journal of requests. */
public interface JournalSection {

    @Setting(value = Kind.FLAG, text = "Whether requests are kept.", standard = "true")
    ConfigValue enabled();

    @Setting(value = Kind.SIZE, text = "The memory for requests, 1M to 1G.", standard = "16M")
    ConfigValue size();

    /** Reads the section; absent values default to the given ones. */
    static Journal read(JournalSection section, Fields fields, Journal standard) {
        return new Journal(
                fields.flag(section.enabled(), standard.enabled()),
                fields.read(section.size(), Journal::parseSize, standard.size()));
    }
}
