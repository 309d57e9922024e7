package io.github.moodlemcp.distribution.database;

import static io.github.moodlemcp.distribution.database.Program.NOT_RUN;

import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL's programs run, because they refuse to run as root.
 *
 * @param prefix put before each command
 * @param owner the user who must own the database's files; null when they stay whose they are
 */
record RunAs(List<String> prefix, @Nullable String owner) {
    private static final String NOBODY = "nobody";

    RunAs {
        prefix = List.copyOf(prefix);
    }

    /** As the user who runs the service. */
    static RunAs self() {
        return new RunAs(List.of(), null);
    }

    /**
     * The first way that works on this machine for root: a user namespace, in which root is nobody special; then the user
     * nobody; then the same with the one capability of entering folders that are closed to it.
     *
     * @param folder must be reachable
     * @throws StartupException when none works
     */
    static RunAs insteadOfRoot(Path folder, Program program) {
        return waysFor(program).stream()
                .filter(way -> way.works(folder, program))
                .findFirst()
                .orElseThrow(() -> new StartupException(
                        "PostgreSQL refuses to run as root, and no other user can be used for it here",
                        "unshare, setpriv and runuser were tried for " + folder,
                        "Run the service as a normal user, or set DATABASE_URL to a PostgreSQL that runs elsewhere."));
    }

    private static List<RunAs> waysFor(Program program) {
        List<RunAs> ways = new ArrayList<>();
        ways.add(new RunAs(List.of("unshare", "-U"), "root"));
        groupOfNobody(program).ifPresent(group -> {
            List<String> setpriv = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + group, "--clear-groups");
            ways.add(new RunAs(setpriv, NOBODY));
            ways.add(new RunAs(List.of("runuser", "-u", NOBODY, "--"), NOBODY));
            List<String> entering = new ArrayList<>(setpriv);
            // The secure bit makes access(2), which PostgreSQL asks about its programs, see the capability too.
            entering.addAll(List.of(
                    "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"));
            ways.add(new RunAs(entering, NOBODY));
        });
        return ways;
    }

    private static Optional<String> groupOfNobody(Program program) {
        Program.Ended id = program.run(List.of("id", "-g", NOBODY), "");
        return id.isSuccess() ? Optional.of(id.output()) : Optional.empty();
    }

    /** Whether it makes us somebody who has a name, is not root and can reach the folder. */
    private boolean works(Path folder, Program program) {
        Program.Ended probe = program.run(
                command(List.of("sh", "-c", "id -un && test \"$(id -u)\" != 0 && test -x \"$0\"", folder.toString())),
                "");
        return probe.exitCode() != NOT_RUN && probe.isSuccess();
    }

    /** Gives the files to the user who must own them. */
    void own(Path root) throws IOException {
        if (owner != null) {
            FileTree.giveTo(owner, root);
        }
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }
}
