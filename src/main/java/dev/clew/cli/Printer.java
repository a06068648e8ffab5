package dev.clew.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Prints for people and programs. Colours are for terminals, unless {@code NO_COLOR} is set. */
@Command
class Printer {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    void json(JsonObject object) {
        spec.commandLine().getOut().println(object.encodePrettily());
        spec.commandLine().getOut().flush();
    }

    void line(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    String bold(String text) {
        return styled("1", text);
    }

    String faint(String text) {
        return styled("2", text);
    }

    String red(String text) {
        return styled("31", text);
    }

    String yellow(String text) {
        return styled("33", text);
    }

    String green(String text) {
        return styled("32", text);
    }

    /** Returns whether colours and cursor movements are shown. */
    boolean isTerminal() {
        return spec.commandLine().getColorScheme().ansi().enabled();
    }

    /** @param code of ECMA-48's "select graphic rendition" */
    private String styled(String code, String text) {
        return isTerminal() ? "\u001b[" + code + 'm' + text + "\u001b[0m" : text;
    }
}
