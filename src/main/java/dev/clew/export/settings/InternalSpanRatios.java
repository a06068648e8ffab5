package dev.clew.export.settings;

/**
 * The shares of the gateway's own work that are traced, each from 0 to 1.
 *
 * @param background work that no request waits for: reloads, fetches of key sets, failed health checks
 * @param requests work within requests: checks of shared rates
 */
public record InternalSpanRatios(double background, double requests) {

    /** All work in the background, none within requests. */
    public static final InternalSpanRatios DEFAULT = new InternalSpanRatios(1, 0);

    private static final Environment.Parser<Double> RATIO = value -> {
        try {
            double ratio = Double.parseDouble(value);
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new Environment.Malformed("a number from 0 to 1");
    };

    public static InternalSpanRatios read(Environment environment) {
        return new InternalSpanRatios(
                environment
                        .read("1 is used", RATIO, "clew.internal-spans.background")
                        .orElse(DEFAULT.background),
                environment
                        .read("0 is used", RATIO, "clew.internal-spans.requests")
                        .orElse(DEFAULT.requests));
    }
}
