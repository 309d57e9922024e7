package io.github.moodlemcp.portal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Authorization requests as the extension sends them. */
public final class ExtensionClientSamples {
    /** The redirect address of the extension that is built from this source, in Chromium. */
    public static final URI REDIRECT = URI.create("https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org/");

    /** The verifier of {@link #CHALLENGE}; both are the example of RFC 7636, appendix B. */
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final ExtensionClient CLIENT = new ExtensionClient(
            Set.of(), "moodle-mcp@moodlemcp.github.io", Audience.ofBridge(URI.create("wss://mcp.example.org/ws")));

    private ExtensionClientSamples() {}

    /** A request that names neither scope nor resource. */
    public static Map<String, String> parameters(String state) {
        Map<String, String> parameters =
                new LinkedHashMap<>(new ConsentRequest(CLIENT, REDIRECT, CHALLENGE, state, "bridge").parameters());
        parameters.keySet().removeAll(Set.of("scope", "resource"));
        return parameters;
    }

    public static String query(String state) {
        return parameters(state).entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
