package dev.clew.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints requests as they end. */
@Command(
        name = "tail",
        description = "Prints requests as they end, on all replicas, until it is interrupted.",
        mixinStandardHelpOptions = true)
final class Tail implements Callable<Integer> {

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    @Mixin
    private RequestFilters filters;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Ends after this many requests.")
    private int count;

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (InputStream stream = gateway.client().stream("/api/v1/requests/stream", filters.query())) {
            EventReader reader = new EventReader(stream);
            int printed = 0;
            EventReader.@Nullable Event event = reader.next();
            while (event != null) {
                printed += print(event);
                if (count > 0 && printed >= count) {
                    return ExitCode.OK;
                }
                event = reader.next();
            }
        } catch (IOException broken) {
            throw new CommandFailure("the stream broke off");
        }
        throw new CommandFailure("the gateway ended the stream");
    }

    /** Returns the number of requests printed. */
    private int print(EventReader.Event event) {
        JsonObject data = new JsonObject(event.data());
        if (event.name().equals("dropped")) {
            output.err().println(data.getLong("count", 0L) + " requests are left out: too many to print");
            output.err().flush();
            return 0;
        }
        if (!event.name().equals("request")) {
            return 0;
        }
        if (output.isJson()) {
            output.line(data.encode());
        } else {
            int status = data.getInteger("status", 0);
            String line = Requests.line(data);
            output.line(
                    status >= SERVER_ERROR ? output.red(line) : status >= CLIENT_ERROR ? output.yellow(line) : line);
        }
        return 1;
    }
}
