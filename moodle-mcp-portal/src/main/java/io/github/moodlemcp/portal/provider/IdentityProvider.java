package io.github.moodlemcp.portal.provider;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An OpenID Connect provider at which people may sign in, as the operator set it up.
 *
 * @param key names the provider in paths, such as {@code google}: up to 40 lower-case letters, digits and hyphens
 * @param name what its button says
 * @param issuer the issuer's exact identifier, under which its discovery document is found
 * @param clientId what the provider calls this service
 * @param clientSecret proves to the provider that it is this service
 * @param hosts further hosts, in lower case, that the discovery document may name besides the issuer's own
 * @param trustsEmail whether addresses count as verified when the provider does not say
 */
public record IdentityProvider(
        String key,
        String name,
        URI issuer,
        String clientId,
        String clientSecret,
        Set<String> hosts,
        boolean trustsEmail) {
    static final URI GOOGLE = URI.create("https://accounts.google.com");

    private static final Pattern KEY = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern MANY_TENANTS = Pattern.compile("/(?:common|organizations)(?:/.*)?");

    /** @throws IllegalArgumentException when a part has another form; the message says which, without the secret */
    public IdentityProvider {
        requireNonNull(issuer, "issuer");
        hosts = Set.copyOf(hosts);
        check(KEY.matcher(key).matches(), "key");
        check(!name.isBlank(), "name");
        check(isIssuer(issuer), "issuer");
        check(!clientId.isBlank(), "client id");
        check(!clientSecret.isBlank(), "client secret");
        check(!(trustsEmail && servesManyTenants(issuer)), "trust in addresses, which no issuer of many tenants gets");
    }

    /** Google, with the hosts that its document names. */
    public static IdentityProvider google(String clientId, String clientSecret) {
        return openId("google", "Google", GOOGLE, clientId, clientSecret)
                .withHosts(Set.of("oauth2.googleapis.com", "www.googleapis.com", "openidconnect.googleapis.com"));
    }

    /** Any other provider. */
    public static IdentityProvider openId(String key, String name, URI issuer, String clientId, String clientSecret) {
        return new IdentityProvider(key, name, issuer, clientId, clientSecret, Set.of(), false);
    }

    /** For a provider whose endpoints are on other hosts than its issuer. */
    public IdentityProvider withHosts(Set<String> further) {
        return new IdentityProvider(key, name, issuer, clientId, clientSecret, further, trustsEmail);
    }

    /** For a provider that gives out only addresses of its own, and so does not say that they are verified. */
    public IdentityProvider withTrustedEmail() {
        return new IdentityProvider(key, name, issuer, clientId, clientSecret, hosts, true);
    }

    /** Whether people of unknown organisations can sign in at this issuer (Microsoft Entra). */
    static boolean servesManyTenants(URI issuer) {
        return MANY_TENANTS.matcher(issuer.getPath()).matches();
    }

    /** Whether the discovery document may name this address. */
    boolean mayUse(URI endpoint) {
        String host = endpoint.getHost();
        if (host == null || endpoint.getUserInfo() != null || endpoint.getFragment() != null) {
            return false;
        }
        String lowerCase = host.toLowerCase(Locale.ROOT);
        return lowerCase.equals(issuer.getHost().toLowerCase(Locale.ROOT)) || hosts.contains(lowerCase);
    }

    private static boolean isIssuer(URI issuer) {
        return ("https".equals(issuer.getScheme()) || "http".equals(issuer.getScheme()))
                && issuer.getHost() != null
                && issuer.getUserInfo() == null
                && issuer.getQuery() == null
                && issuer.getFragment() == null;
    }

    private static void check(boolean isGood, String part) {
        if (!isGood) {
            throw new IllegalArgumentException("The provider cannot have this " + part);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "IdentityProvider[key=" + key + ", issuer=" + issuer + "]";
    }
}
