package io.github.moodlemcp.distribution.command;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest names it. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"moodle-mcp " + current(), "Java " + Runtime.version()};
    }

    static String current() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "from unpacked classes" : version;
    }
}
