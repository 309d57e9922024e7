package io.github.moodlemcp.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.moodlemcp.testkit.issuer.IssuerState.Visit;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a fake issuer answers at each of its addresses. Safe for use by many threads. */
final class IssuerAnswers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ELSEWHERE = "http://localhost:9";

    /** In an error's description, which a service must not show. */
    private static final String HOSTILE = "<script>alert('from the issuer')</script>";

    private final URI issuer;
    private final IssuerState state;
    private final IssuerKeys keys;
    private final TokenForge forge;

    IssuerAnswers(URI issuer, IssuerState state, IssuerKeys keys) {
        this.issuer = issuer;
        this.state = state;
        this.keys = keys;
        this.forge = new TokenForge(issuer, IssuerState.CLIENT_ID, state.clientSecret(), keys);
    }

    Answer discovery() {
        Answer document = Answer.json(200, document().toString());
        return switch (state.lie()) {
            case DISCOVERY_IS_A_PAGE -> Answer.page(200, "<h1>Welcome</h1>");
            case DISCOVERY_BROKEN -> Answer.json(200, "{\"issuer\":");
            case DISCOVERY_HUGE -> document.withManner(Answer.Manner.ENDLESS);
            case DISCOVERY_SLOW -> document.withManner(Answer.Manner.DRIP);
            case DISCOVERY_REDIRECTS -> Answer.redirect(ELSEWHERE + "/document");
            case DISCOVERY_FAILS -> Answer.page(500, "<h1>Down</h1>");
            default -> document;
        };
    }

    private ObjectNode document() {
        ObjectNode document = JSON.objectNode()
                .put("issuer", issuer.toString())
                .put("authorization_endpoint", issuer + "/authorize")
                .put("token_endpoint", issuer + "/token")
                .put("jwks_uri", issuer + "/keys")
                .put("userinfo_endpoint", issuer + "/user-info")
                .put("authorization_response_iss_parameter_supported", true);
        document.putArray("response_types_supported").add("code");
        document.putArray("subject_types_supported").add("public");
        document.putArray("code_challenge_methods_supported").add("S256");
        document.putArray("id_token_signing_alg_values_supported")
                .add("RS256")
                .add("HS256")
                .add("none");
        switch (state.lie()) {
            case DISCOVERY_OF_ANOTHER_ISSUER -> document.put("issuer", "https://issuer.example");
            case SIGN_IN_PAGE_ELSEWHERE -> document.put("authorization_endpoint", ELSEWHERE + "/authorize");
            case TOKEN_ENDPOINT_ELSEWHERE -> document.put("token_endpoint", ELSEWHERE + "/token");
            case KEYS_ELSEWHERE -> document.put("jwks_uri", ELSEWHERE + "/keys");
            case ENDPOINTS_UNENCRYPTED -> document.put("token_endpoint", "http://issuer.example/token");
            case ENDPOINTS_WITH_USER ->
                document.put("token_endpoint", issuer.toString().replace("://", "://user:password@") + "/token");
            case ONLY_WEAK_ALGORITHMS ->
                document.putArray("id_token_signing_alg_values_supported")
                        .add("HS256")
                        .add("none");
            default -> document.put("service_documentation", issuer + "/help");
        }
        return document;
    }

    Answer authorize(Map<String, String> query) {
        String redirect = query.getOrDefault("redirect_uri", "");
        boolean isComplete = IssuerState.CLIENT_ID.equals(query.get("client_id"))
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("scope", "").contains("openid")
                && !redirect.isEmpty();
        if (!isComplete) {
            return Answer.page(400, "<h1>That is no request to sign in</h1>");
        }
        return Answer.redirect(redirect + "?" + response(query));
    }

    private String response(Map<String, String> query) {
        String given = query.getOrDefault("state", "");
        String returned = "state=" + encoded(given);
        String named = "&iss=" + encoded(issuer.toString());
        String code = "&code=" + code(query);
        return switch (state.lie()) {
            case PERSON_DENIES -> "error=access_denied&error_description=" + encoded(HOSTILE) + "&" + returned + named;
            case REPORTS_A_PROBLEM ->
                "error=" + encoded(HOSTILE) + "&error_description=" + encoded(HOSTILE) + "&" + returned + named;
            case ANSWER_OF_ANOTHER_ISSUER -> returned + code + "&iss=" + encoded("https://issuer.example");
            case ANSWER_WITHOUT_ISSUER -> returned + code;
            case NO_STATE -> code.substring(1) + named;
            case SWAPPED_STATE -> "state=" + encoded(state.anotherState(given)) + code + named;
            case STATE_TWICE -> returned + "&" + returned + code + named;
            case NO_CODE -> returned + named;
            default -> {
                state.remember(given);
                yield returned + code + named;
            }
        };
    }

    private String code(Map<String, String> query) {
        boolean isAnothers = state.lies(IssuerLie.CODE_OF_ANOTHER);
        return state.newCode(new Visit(
                state.person(),
                isAnothers ? "the nonce of another visit" : query.getOrDefault("nonce", ""),
                isAnothers ? "" : query.getOrDefault("code_challenge", ""),
                query.getOrDefault("redirect_uri", "")));
    }

    Answer token(FakeIssuer.TokenCall call) {
        return switch (state.lie()) {
            case CODE_REFUSED -> Answer.json(400, "{\"error\":\"invalid_grant\"}");
            case CLIENT_REFUSED -> Answer.json(401, "{\"error\":\"invalid_client\"}");
            case TOKEN_ENDPOINT_REPORTS ->
                Answer.json(400, "{\"error\":\"server_error\",\"error_description\":\"" + HOSTILE + "\"}");
            case TOKEN_ENDPOINT_SENDS_A_PAGE -> Answer.page(200, "<h1>Log in</h1>");
            case TOKEN_ENDPOINT_FAILS -> Answer.page(503, "<h1>Down</h1>");
            case TOKEN_ENDPOINT_SENDS_A_BOMB ->
                Answer.json(200, " ".repeat(1 << 24)).withManner(Answer.Manner.ZIPPED);
            case TOKEN_ENDPOINT_REDIRECTS -> Answer.redirect(ELSEWHERE + "/token");
            default -> redeemed(call);
        };
    }

    private Answer redeemed(FakeIssuer.TokenCall call) {
        if (!call.method().equals("POST") || !isOurClient(call)) {
            return Answer.json(401, "{\"error\":\"invalid_client\"}");
        }
        Optional<Visit> visit = state.redeem(call.form().getOrDefault("code", ""))
                .filter(found -> found.redirect().equals(call.form().get("redirect_uri")))
                .filter(found -> found.challenge().isEmpty() || isProved(found, call));
        if (visit.isEmpty()) {
            return Answer.json(400, "{\"error\":\"invalid_grant\"}");
        }
        try {
            Answer answer = Answer.json(200, tokens(visit.get()).toString());
            return state.lies(IssuerLie.TOKEN_ENDPOINT_SLOW) ? answer.withManner(Answer.Manner.DRIP) : answer;
        } catch (JOSEException e) {
            throw new IllegalStateException("The keys fit their algorithms", e);
        }
    }

    private ObjectNode tokens(Visit visit) throws JOSEException {
        String accessToken = state.newAccessToken(visit.person());
        ObjectNode tokens = JSON.objectNode()
                .put("access_token", accessToken)
                .put("token_type", "Bearer")
                .put("expires_in", 300);
        if (!state.lies(IssuerLie.NO_ID_TOKEN)) {
            String idToken = forge.token(visit.person(), visit.nonce(), accessToken, state.isThin(), state.lie());
            state.giveOut(idToken);
            tokens.put("id_token", idToken);
        }
        return tokens;
    }

    private boolean isOurClient(FakeIssuer.TokenCall call) {
        String[] parts = call.authorization().split(" ", 2);
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("Basic")) {
            return false;
        }
        String[] pair = new String(Base64.getDecoder().decode(parts[1]), UTF_8).split(":", 2);
        return pair.length == 2
                && URLDecoder.decode(pair[0], UTF_8).equals(IssuerState.CLIENT_ID)
                && URLDecoder.decode(pair[1], UTF_8).equals(state.clientSecret());
    }

    private static boolean isProved(Visit visit, FakeIssuer.TokenCall call) {
        String verifier = call.form().getOrDefault("code_verifier", "");
        return verifier.length() >= CodeVerifier.MIN_LENGTH
                && CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                        .getValue()
                        .equals(visit.challenge());
    }

    Answer keys() {
        Answer answer = Answer.json(200, keys.set(state.lie()).toString());
        return switch (state.lie()) {
            case KEYS_HUGE -> answer.withManner(Answer.Manner.ENDLESS);
            case KEYS_SLOW -> answer.withManner(Answer.Manner.DRIP);
            case KEYS_BROKEN -> Answer.json(200, "{\"keys\":[");
            case KEYS_REDIRECT -> Answer.redirect(issuer + FakeIssuer.FOREIGN_KEYS);
            default -> answer;
        };
    }

    /** Where the keys are to which false tokens point. */
    Answer foreignKeys() {
        return Answer.json(200, new JWKSet(keys.foreign().toPublicJWK()).toString());
    }

    Answer userInfo(String authorization) {
        Optional<FakePerson> found = state.personOf(authorization.replaceFirst("^Bearer ", ""));
        if (found.isEmpty()) {
            return Answer.json(401, "{\"error\":\"invalid_token\"}");
        }
        FakePerson person = found.get();
        String subject = state.lies(IssuerLie.USER_INFO_OF_ANOTHER) ? "somebody-else" : person.subject();
        return Answer.json(
                200,
                JSON.objectNode()
                        .put("sub", subject)
                        .put("email", state.lies(IssuerLie.NO_MAIL) ? "" : person.email())
                        .put("email_verified", person.emailVerified())
                        .put("name", person.name())
                        .toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
