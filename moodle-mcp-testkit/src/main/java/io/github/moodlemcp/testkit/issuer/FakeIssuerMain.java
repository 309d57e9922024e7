package io.github.moodlemcp.testkit.issuer;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Runs a fake issuer, at which one person is signed in, until the process is told to end. */
public final class FakeIssuerMain {
    private static final String USAGE = "Usage: FakeIssuerMain SUBJECT EMAIL NAME";

    private FakeIssuerMain() {}

    /**
     * Prints one line with the issuer's address and the secret of its only client, then waits for SIGTERM. Ends with code 2
     * when the arguments are wrong.
     *
     * @param args the issuer's name for the person, their e-mail address, and their name
     * @throws IOException when no port is free
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 3) {
            System.err.println(USAGE);
            System.exit(2);
        }
        FakeIssuer issuer = FakeIssuer.start();
        issuer.person(FakePerson.of(args[0], args[1], args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(issuer::close, "fake-issuer-stop"));
        System.out.println("Fake issuer runs at " + issuer.issuer() + " (client: " + issuer.clientId() + " / "
                + issuer.clientSecret() + ")");
        new CountDownLatch(1).await();
    }
}
