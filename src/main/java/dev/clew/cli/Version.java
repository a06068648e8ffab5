package dev.clew.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version of the gateway. */
final class Version implements IVersionProvider {

    /** Of the jar's manifest; read while a native executable is built. */
    private static final @Nullable String VERSION = Version.class.getPackage().getImplementationVersion();

    @Override
    public String[] getVersion() {
        return new String[] {"clew " + text()};
    }

    static String text() {
        return VERSION == null ? "(unknown version)" : VERSION;
    }
}
