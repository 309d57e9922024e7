package io.github.moodlemcp.portal.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.ParseException;
import io.github.moodlemcp.portal.spi.OAuthClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Copies of the documents of well-known clients, for machines that cannot fetch them: some publishers refuse the addresses of
 * data centres. Immutable.
 */
final class KnownDocuments {
    private static final String FILE = "known-clients.json";

    private final Map<URI, OAuthClient> clients;

    private KnownDocuments(Map<URI, OAuthClient> clients) {
        this.clients = clients;
    }

    /** Those that come with this version. */
    static KnownDocuments shipped() {
        try (InputStream in = KnownDocuments.class.getResourceAsStream(FILE)) {
            JsonNode documents = new ObjectMapper().readTree(in);
            return new KnownDocuments(StreamSupport.stream(documents.spliterator(), false)
                    .map(KnownDocuments::client)
                    .collect(Collectors.toMap(client -> URI.create(client.id()), Function.identity())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<OAuthClient> find(URI address) {
        return Optional.ofNullable(clients.get(address));
    }

    private static OAuthClient client(JsonNode document) {
        URI address = URI.create(document.required("client_id").asText());
        try {
            return ClientDocument.read(address, document.toString(), Instant.EPOCH);
        } catch (ParseException e) {
            throw new IllegalStateException("The shipped document of " + address + " cannot be read", e);
        }
    }
}
