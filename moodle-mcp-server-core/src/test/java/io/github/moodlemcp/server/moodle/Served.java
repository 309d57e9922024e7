package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.spi.KnownBrowsers;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.write.WriteCalls;
import io.github.moodlemcp.server.write.WriteTimes;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The product's features over a router, as a test needs them. */
public final class Served {
    private Served() {}

    /** With no memory of browsers, and records of its own. */
    public static MoodleFeatures over(CommandRouter router) {
        return over(router, KnownBrowsers.none());
    }

    /** With records of its own. */
    static MoodleFeatures over(CommandRouter router, KnownBrowsers known) {
        ServerOptions options =
                ServerOptions.builder(URI.create("https://mcp.example.edu")).build();
        WriteCalls writes = new WriteCalls(
                router,
                WriteRecords.inMemory(InstantSource.system()),
                new WriteTimes(options.approvalWait(), options.approvalTime()),
                InstantSource.system());
        return MoodleFeatures.over(router, known, options, new SecureRandom(), writes, List.of(), new Alarms());
    }
}
