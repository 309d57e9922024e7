package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.client.ClientInformationResponse;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationErrorResponse;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.github.moodlemcp.portal.credential.RandomTokens;
import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.minidev.json.JSONObject;

/**
 * Registers clients that come unannounced (RFC 7591). All become public clients, whatever they ask for, and the answer
 * says so. Safe for use by many threads.
 */
public final class Registrations {
    private static final String ID_MARK = "mcpc_";
    private static final Pattern ID = Pattern.compile(ID_MARK + "[A-Za-z0-9_-]{43}");

    private final OAuthClientStore store;
    private final RandomTokens tokens;
    private final Clock clock;

    public Registrations(OAuthClientStore store, RandomTokens tokens, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Whether the text has the form of the ids that are given here. */
    static boolean isClientId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Registers a client. Addresses that no client may have are left out, because programs register several at once;
     * when none remains, the client is refused.
     *
     * @param json the client's metadata
     */
    ClientRegistrationResponse register(String json) {
        try {
            return registered(JSONObjectUtils.parse(json));
        } catch (ParseException e) {
            return refused(
                    RegistrationError.INVALID_CLIENT_METADATA,
                    "The metadata is not a JSON object whose fields have the types of RFC 7591.");
        }
    }

    private ClientRegistrationResponse registered(JSONObject metadata) throws ParseException {
        Optional<String> fault = ClientFields.faultOf(metadata);
        if (fault.isPresent()) {
            return refused(RegistrationError.INVALID_CLIENT_METADATA, fault.get());
        }
        Set<URI> addresses = ClientFields.redirectUris(metadata);
        if (addresses.isEmpty()) {
            return refused(
                    RegistrationError.INVALID_REDIRECT_URI,
                    "None of redirect_uris can be used. Give https addresses, http addresses of the loopback interface,"
                            + " or addresses of a scheme of your own, without fragment and user.");
        }
        String name = ClientNames.cleaned(JSONObjectUtils.getString(metadata, "client_name", null));
        OAuthClient client = new OAuthClient(
                ID_MARK + tokens.next(),
                name,
                addresses.stream().map(URI::toString).toList(),
                Instant.now(clock));
        store.register(client);
        return answer(client, addresses);
    }

    private static ClientRegistrationResponse answer(OAuthClient client, Set<URI> addresses) {
        ClientMetadata metadata = new ClientMetadata();
        metadata.setName(client.name());
        metadata.setRedirectionURIs(addresses);
        metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.NONE);
        return new ClientInformationResponse(
                new ClientInformation(new ClientID(client.id()), Date.from(client.registered()), metadata, null), true);
    }

    private static ClientRegistrationResponse refused(ErrorObject error, String description) {
        return new ClientRegistrationErrorResponse(
                new ErrorObject(error.getCode(), description, error.getHTTPStatusCode()));
    }
}
