package dev.clew.network;

/** The header fields in which a proxy in front may tell who a request came from and what was asked for. */
public enum ForwardingField {
    FORWARDED("forwarded"),
    FOR("x-forwarded-for"),
    HOST("x-forwarded-host"),
    PROTO("x-forwarded-proto");

    private final String fieldName;

    ForwardingField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** The name in lower case. */
    public String fieldName() {
        return fieldName;
    }
}
