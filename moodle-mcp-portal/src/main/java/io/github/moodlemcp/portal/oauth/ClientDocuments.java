package io.github.moodlemcp.portal.oauth;

import io.github.moodlemcp.portal.outbound.DocumentFetch;
import io.github.moodlemcp.portal.spi.OAuthClient;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** The clients that publish a document about themselves, whose address is their id. Safe for use by many threads. */
public final class ClientDocuments {
    private final PublishedDocuments<OAuthClient> documents;
    private final KnownDocuments shipped = KnownDocuments.shipped();

    public ClientDocuments(DocumentFetch fetch, Clock clock) {
        this.documents = new PublishedDocuments<>(
                fetch, (address, text) -> ClientDocument.read(address, text, clock.instant()), clock);
    }

    /**
     * The client of this id, whose document is fetched if need be. When its host does not give it, the copy counts that was
     * shipped, if any; what the host gives counts in any case.
     *
     * @param caller the network address for which it is done
     * @return empty when the id is no address that is asked, or nothing usable is there
     */
    Optional<OAuthClient> find(String id, String caller) {
        return DocumentAddress.of(id).flatMap(address -> documents.kept(address).or(() -> fetched(address, caller)));
    }

    private Optional<OAuthClient> fetched(URI address, String caller) {
        return switch (documents.fetched(address, caller)) {
            case PublishedDocuments.Lookup.Found<OAuthClient>(OAuthClient client) -> Optional.of(client);
            case PublishedDocuments.Lookup.Unreachable<OAuthClient>() -> shipped.find(address);
            case PublishedDocuments.Lookup.Unusable<OAuthClient>() -> Optional.empty();
        };
    }
}
