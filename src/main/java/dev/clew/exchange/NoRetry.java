package dev.clew.exchange;

/** The reasons for which no attempt follows a failed one. */
public enum NoRetry {
    ATTEMPTS("the upstream's number of attempts is reached"),
    CONDITION("the upstream is not retried after this failure"),
    NOT_REPEATABLE("the request cannot be repeated: its method, or its body"),
    CIRCUIT("the circuit has opened"),
    BUDGET("the upstream's retry budget is used up");

    private final String text;

    NoRetry(String text) {
        this.text = text;
    }

    /** Returns the reason in a sentence. */
    public String text() {
        return text;
    }
}
