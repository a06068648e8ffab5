package dev.clew.budget;

/**
 * The steps of load shedding as the bytes held near the budget. Each step includes the earlier ones.
 *
 * <p>A single tenant causes none of them, as it reaches its own bound first ({@link Account#admits}).
 */
public enum Pressure {
    NONE(0),
    /** The client connections that have been silent longest are closed. */
    SILENT_CONNECTIONS(70),
    /** New client connections are closed immediately. */
    NEW_CONNECTIONS(80),
    /** Client connections whose tenant is not known are ended when they need more memory. */
    EXHAUSTED(95);

    /** The hysteresis: a step is left this far below its threshold, in percent of the budget. */
    private static final int HYSTERESIS = 5;

    private static final Pressure[] STEPS = values();

    private final int percent;

    Pressure(int percent) {
        this.percent = percent;
    }

    /**
     * Returns the current step.
     *
     * @param held in bytes
     * @param budget in bytes; above 0
     * @param before the previous step
     */
    static Pressure of(long held, long budget, Pressure before) {
        double share = 100.0 * held / budget;
        Pressure reached = NONE;
        for (Pressure step : STEPS) {
            int from = step.compareTo(before) <= 0 ? step.percent - HYSTERESIS : step.percent;
            if (share >= from) {
                reached = step;
            }
        }
        return reached;
    }

    public boolean includes(Pressure step) {
        return compareTo(step) >= 0;
    }
}
