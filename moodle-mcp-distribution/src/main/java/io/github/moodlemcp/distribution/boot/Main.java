package io.github.moodlemcp.distribution.boot;

/** Starts the program when this Java is new enough. Compiled for Java 11 and free of everything newer. */
public final class Main {
    static final int OLDEST_JAVA = 21;
    static final int EXIT_CODE = 78;

    private Main() {}

    /** The program's entry; ends the process with exit code 78 when Java is too old. */
    public static void main(String[] arguments) throws Exception {
        Runtime.Version version = Runtime.version();
        if (version.feature() < OLDEST_JAVA) {
            System.err.println(refusal(version));
            System.exit(EXIT_CODE);
        }
        Class.forName("io.github.moodlemcp.distribution.command.MoodleMcp")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    static String refusal(Runtime.Version version) {
        return "Java is too old: found version " + version.feature() + " in " + System.getProperty("java.home")
                + ". Moodle MCP needs Java " + OLDEST_JAVA
                + " or newer: install one, or name it by JAVA_HOME and start with ./moodle-mcp.";
    }
}
