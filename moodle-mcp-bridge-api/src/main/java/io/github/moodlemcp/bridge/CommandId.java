package io.github.moodlemcp.bridge;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names one command: 128 random bits as 32 lower-case hexadecimal digits. */
public record CommandId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final int BYTES = 16;

    public CommandId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A command id has 32 hexadecimal digits");
        }
    }

    /** A new id, which nobody can guess. */
    public static CommandId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new CommandId(HexFormat.of().formatHex(bytes));
    }
}
