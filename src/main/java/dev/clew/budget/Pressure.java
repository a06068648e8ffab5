package dev.clew.budget;

/**
 * The steps in which the gateway sheds load as the bytes held for all near their budget. Each step includes those
 * before it.
 *
 * <p>One tenant alone causes none of them: its own bound comes first ({@link Account#admits}).
 */
public enum Pressure {
    NONE(0),
    /** Client connections that have been silent longest are closed. */
    SILENT_CONNECTIONS(70),
    /** New client connections are closed at once. */
    NEW_CONNECTIONS(80),
    /** Whoever asks for more than the least that everybody may hold is ended. */
    EXHAUSTED(95);

    /** A step that was reached is left only so much below where it begins, in percent of the budget. */
    private static final int HYSTERESIS = 5;

    private static final Pressure[] STEPS = values();

    private final int percent;

    Pressure(int percent) {
        this.percent = percent;
    }

    /**
     * The step that holds.
     *
     * @param held in bytes
     * @param budget in bytes, above 0
     * @param before the step that held so far
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
