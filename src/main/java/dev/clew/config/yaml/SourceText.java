package dev.clew.config.yaml;

import java.util.Arrays;

/** The content of a configuration file in force, to show where its values stand. Immutable. */
public final class SourceText {

    private final String file;
    private final byte[] content;

    /** @param file the name as the operator knows it */
    public SourceText(String file, byte[] content) {
        this.file = file;
        this.content = content.clone();
    }

    public String file() {
        return file;
    }

    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceText text && text.file.equals(file) && Arrays.equals(text.content, content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }
}
