package dev.clew.cli;

import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.IVersionProvider;

/** The version of the gateway. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"clew " + text()};
    }

    static String text() {
        return ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.version", String.class)
                .orElse("(unknown version)");
    }
}
