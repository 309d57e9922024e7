package io.github.moodlemcp.distribution.command;

/** How the program ends; docs/reference/commands.md lists them for people. */
final class ExitCodes {
    static final int DONE = 0;
    /** The command could not do its work: a port, the database, the data folder. */
    static final int FAILED = 1;
    /** The command line cannot be understood. */
    static final int USAGE = 2;
    /** The settings or the Java version do not allow to start. */
    static final int CONFIGURATION = 78;

    private ExitCodes() {}
}
