package io.github.moodlemcp.portal.oauth;

import java.net.URI;

/** What came of reading an authorization request. */
public sealed interface AuthorizationCheck {
    /** It may be put before the person. */
    record Good(ConsentRequest request) implements AuthorizationCheck {}

    /** The client is ours but its request is faulty: the browser goes back there with the error. */
    record Faulty(URI redirect) implements AuthorizationCheck {}

    /** Client or redirect address is not known: the browser is sent nowhere. */
    record Untrusted() implements AuthorizationCheck {}
}
