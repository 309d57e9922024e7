package io.github.moodlemcp.portal.provider;

import jakarta.ws.rs.core.Response.Status;

/** Why a sign-in at a provider did not come to its end: what the person is told, and what they can do next. */
public enum SignInFailure {
    /** The person said no at the provider. */
    DENIED(
            Status.FORBIDDEN,
            "You did not sign in at %s",
            "It told us that you said no there, so nothing was changed. Sign in again when you want to."),
    /** Nothing that is known began this sign-in: it is over, was used, or began in another browser. */
    STALE(
            Status.BAD_REQUEST,
            "That sign-in is over",
            "It was begun more than 10 minutes ago or in another browser, or it was used already. Begin again here."),
    /** The provider reported a problem of its own. */
    REPORTED(
            Status.BAD_GATEWAY,
            "%s could not sign you in",
            "It reported a problem. Try again in a minute. If that does not help, tell the people who run this service:"
                    + " its log names the problem."),
    /** The provider does not answer. */
    UNREACHABLE(
            Status.SERVICE_UNAVAILABLE,
            "%s does not answer",
            "We cannot reach it at the moment. Try again in a minute. Whoever is signed in stays signed in."),
    /** What the provider says about itself cannot be used, or it does not know this service. */
    UNUSABLE(
            Status.BAD_GATEWAY,
            "%s is not set up well",
            "Only the people who run this service can put that right: its log names the problem."),
    /** The proof of who the person is does not hold. */
    UNTRUSTED(
            Status.BAD_GATEWAY,
            "We cannot trust what %s said",
            "Its answer was not as it must be, so nobody was signed in. Begin again. If that does not help, tell the"
                    + " people who run this service: its log names the problem."),
    /** There is no address, or the provider does not vouch for it. */
    NO_VERIFIED_EMAIL(
            Status.FORBIDDEN,
            "%s did not confirm your e-mail address",
            "We need an address that it has verified. Verify yours there, then sign in again."),
    /** The operator does not let this address in. */
    NOT_ALLOWED(
            Status.FORBIDDEN,
            "This service is not open to your address",
            "It lets people of certain organisations in. Sign in with the account that yours gave you."),
    /** Another identity has an account with the address. */
    ADDRESS_TAKEN(
            Status.CONFLICT,
            "You may have an account here already",
            "There is one with your e-mail address, but it is not linked with %s. Sign in the way you did before, open"
                    + " “Account” and link it there. If the account was made for you, ask the people who run this"
                    + " service for a sign-in link."),
    /** The identity leads to another account. */
    LINKED_ELSEWHERE(
            Status.CONFLICT,
            "That is somebody else's sign-in",
            "The person you are at %s has an account of their own here. To link it with this account, sign in to that"
                    + " one first and unlink it there."),
    /** Who came back to link is not who set out. */
    OTHER_SESSION(
            Status.FORBIDDEN,
            "You are not signed in any more",
            "Your sign-in here changed while you were at %s, so nothing was linked. Sign in, open “Account” and begin"
                    + " again.");

    private final Status status;
    private final String headline;
    private final String explanation;

    SignInFailure(Status status, String headline, String explanation) {
        this.status = status;
        this.headline = headline;
        this.explanation = explanation;
    }

    public Status status() {
        return status;
    }

    /** @param provider the provider's name */
    public String headline(String provider) {
        return headline.replace("%s", provider);
    }

    /** @param provider the provider's name */
    public String explanation(String provider) {
        return explanation.replace("%s", provider);
    }

    /** Whether the operator should look at it. */
    public boolean concernsTheOperator() {
        return switch (this) {
            case REPORTED, UNREACHABLE, UNUSABLE, UNTRUSTED -> true;
            case DENIED, STALE, NO_VERIFIED_EMAIL, NOT_ALLOWED, ADDRESS_TAKEN, LINKED_ELSEWHERE, OTHER_SESSION -> false;
        };
    }
}
