package io.github.moodlemcp.portal.oauth;

import java.net.URI;
import java.util.Map;

/** Authorization requests as the extension sends them. */
public final class ExtensionClientSamples {
    /** The redirect address of the extension that is built from this source, in Chromium. */
    public static final URI REDIRECT = URI.create("https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org/");

    /** The verifier of {@link #CHALLENGE}; both are the example of RFC 7636, appendix B. */
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private ExtensionClientSamples() {}

    public static Map<String, String> parameters(String state) {
        return new ConsentRequest(REDIRECT, CHALLENGE, state).parameters();
    }

    public static String query(String state) {
        return new ConsentRequest(REDIRECT, CHALLENGE, state).query();
    }
}
