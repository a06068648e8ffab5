package dev.clew.header;

import java.util.Set;

/** A header field with rules, or all fields with a common prefix. */
public final class HeaderField {

    private final String name;
    private final boolean prefix;
    private final Set<FieldRule> rules;
    private final boolean droppedFromRequests;
    private final boolean droppedFromResponses;
    private final boolean reserved;

    /** @param name in lower case; a final {@code *} makes it a prefix */
    HeaderField(String name, FieldRule... rules) {
        this.prefix = name.endsWith("*");
        this.name = prefix ? name.substring(0, name.length() - 1) : name;
        this.rules = Set.of(rules);
        this.droppedFromRequests = this.rules.stream().anyMatch(FieldRule::dropsFromRequests);
        this.droppedFromResponses = this.rules.stream().anyMatch(FieldRule::dropsFromResponses);
        this.reserved = this.rules.stream().anyMatch(FieldRule::reserves);
    }

    public boolean is(FieldRule rule) {
        return rules.contains(rule);
    }

    /** Returns whether a client's field is removed, whoever the client is. */
    public boolean isDroppedFromRequests() {
        return droppedFromRequests;
    }

    /** Returns whether an upstream's field is removed, whatever the route. */
    public boolean isDroppedFromResponses() {
        return droppedFromResponses;
    }

    /** Returns whether tenants may not change the field. */
    public boolean isReserved() {
        return reserved;
    }

    boolean isPrefix() {
        return prefix;
    }

    String name() {
        return name;
    }

    int length() {
        return name.length();
    }

    boolean matches(CharSequence written) {
        return prefix ? FieldName.begins(name, written) : FieldName.isSame(name, written);
    }

    @Override
    public String toString() {
        return prefix ? name + '*' : name;
    }
}
