package io.github.moodlemcp.portal.provider;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about itself, checked (OpenID Connect Discovery 1.0, section 4).
 *
 * @param userInfo null when there is none that may be used
 * @param algorithms with which its ID tokens may be signed
 * @param takesSecretInForm whether the client's secret goes into the form and not into a header
 * @param namesIssuer whether its redirects name their issuer (RFC 9207)
 */
record ProviderMetadata(
        IssuerRule issuer,
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI userInfo,
        Set<JWSAlgorithm> algorithms,
        boolean takesSecretInForm,
        boolean namesIssuer) {
    /** What we take at all: signatures with a public key, each strong enough. */
    private static final Set<JWSAlgorithm> OURS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final ObjectMapper JSON = new ObjectMapper();

    ProviderMetadata {
        requireNonNull(issuer, "issuer");
        algorithms = Set.copyOf(algorithms);
    }

    /** Where the provider's document is. */
    static URI address(URI issuer) {
        String base = issuer.toString();
        String withoutSlash = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(withoutSlash + "/.well-known/openid-configuration");
    }

    /**
     * Reads the document.
     *
     * @param transport which addresses may be used at all
     * @throws SignInException when it cannot be used
     */
    static ProviderMetadata read(String document, IdentityProvider provider, Transport transport)
            throws SignInException {
        JsonNode root = object(document);
        Endpoints endpoints = new Endpoints(root, provider, transport);
        JsonNode methods = root.path("token_endpoint_auth_methods_supported");
        return new ProviderMetadata(
                issuer(root, provider),
                endpoints.required("authorization_endpoint"),
                endpoints.required("token_endpoint"),
                endpoints.required("jwks_uri"),
                endpoints.optional("userinfo_endpoint"),
                algorithms(root),
                !methods.isEmpty() && !contains(methods, "client_secret_basic"),
                root.path("authorization_response_iss_parameter_supported").asBoolean());
    }

    private static IssuerRule issuer(JsonNode root, IdentityProvider provider) throws SignInException {
        String named = root.path("issuer").asText();
        String configured = provider.issuer().toString();
        if (named.equals(configured)) {
            return new IssuerRule.Exactly(named);
        }
        String template = configured.replaceFirst("(?<=/)(?:common|organizations)(?=/|$)", IssuerRule.TENANT);
        if (IdentityProvider.servesManyTenants(provider.issuer()) && named.equals(template)) {
            return new IssuerRule.OfTenant(template);
        }
        throw SignInException.unusable("discovery_names_another_issuer");
    }

    private static Set<JWSAlgorithm> algorithms(JsonNode root) throws SignInException {
        Set<JWSAlgorithm> both = new LinkedHashSet<>();
        for (JsonNode name : root.path("id_token_signing_alg_values_supported")) {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name.asText());
            if (OURS.contains(algorithm)) {
                both.add(algorithm);
            }
        }
        if (both.isEmpty()) {
            throw SignInException.unusable("no_common_algorithm");
        }
        return both;
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode element : list) {
            if (element.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode object(String document) throws SignInException {
        try {
            JsonNode root = JSON.readTree(document);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            // Told below, without what the provider sent.
        }
        throw SignInException.unusable("discovery_is_no_json_object");
    }

    /** The addresses in a document. */
    private record Endpoints(JsonNode root, IdentityProvider provider, Transport transport) {
        URI required(String name) throws SignInException {
            URI address = optional(name);
            if (address == null) {
                throw SignInException.unusable("discovery_" + name);
            }
            return address;
        }

        @Nullable
        URI optional(String name) {
            try {
                URI address = new URI(root.path(name).asText());
                return transport.allows(address) && provider.mayUse(address) ? address : null;
            } catch (java.net.URISyntaxException e) {
                return null;
            }
        }
    }
}
