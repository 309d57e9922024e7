package io.github.moodlemcp.distribution.database;

import java.io.IOException;
import java.nio.file.Path;

/** A process that uses a database until its input ends, and then closes it or dies. */
final class StartAndHold {
    private StartAndHold() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(TestPostgres.durable(Path.of(arguments[0])))) {
            System.out.println(server.address().place());
            System.out.flush();
            while (System.in.read() >= 0) {
                continue;
            }
            if (arguments[1].equals("die")) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
