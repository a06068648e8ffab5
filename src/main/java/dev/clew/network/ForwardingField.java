package dev.clew.network;

/** Header fields in which a proxy names the client, and the scheme and host it requested. */
public enum ForwardingField {
    FORWARDED("forwarded"),
    FOR("x-forwarded-for"),
    HOST("x-forwarded-host"),
    PROTO("x-forwarded-proto");

    private final String fieldName;

    ForwardingField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** Returns the field name in lower case. */
    public String fieldName() {
        return fieldName;
    }
}
