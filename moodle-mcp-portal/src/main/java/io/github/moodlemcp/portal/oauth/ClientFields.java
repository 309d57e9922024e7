package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.minidev.json.JSONObject;

/** Reads what clients say of themselves, in a registration or in a document (RFC 7591, section 2). */
final class ClientFields {
    private static final int MAX_ADDRESSES = 20;

    private ClientFields() {}

    /** What keeps such a client from being served; empty when nothing does. */
    static Optional<String> faultOf(JSONObject metadata) throws ParseException {
        JSONObjectUtils.getString(metadata, "token_endpoint_auth_method", null);
        List<String> grants = strings(metadata, "grant_types");
        List<String> responses = strings(metadata, "response_types");
        if (!grants.isEmpty() && !grants.contains(GrantType.AUTHORIZATION_CODE.getValue())) {
            return Optional.of("grant_types must have authorization_code: there is no other way to begin.");
        }
        if (!responses.isEmpty() && !responses.contains(ResponseType.CODE.toString())) {
            return Optional.of("response_types must have code: no other is served.");
        }
        return Optional.empty();
    }

    /** The addresses that a client may have; the others are passed over. */
    static Set<URI> redirectUris(JSONObject metadata) throws ParseException {
        Set<URI> addresses = new LinkedHashSet<>();
        for (String text : strings(metadata, "redirect_uris")) {
            if (addresses.size() < MAX_ADDRESSES) {
                RedirectUris.permitted(text).ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    private static List<String> strings(JSONObject metadata, String name) throws ParseException {
        List<String> values = JSONObjectUtils.getStringList(metadata, name, List.of());
        if (values.stream().anyMatch(value -> value == null)) {
            throw new ParseException("Not a list of strings");
        }
        return values;
    }
}
