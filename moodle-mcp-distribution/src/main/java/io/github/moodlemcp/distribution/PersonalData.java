package io.github.moodlemcp.distribution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.distribution.store.AccountArchive;
import io.github.moodlemcp.portal.spi.AccountData;
import java.time.InstantSource;
import java.util.UUID;

/** What the service has of a person: all of it is in the database. Safe for use by many threads. */
final class PersonalData implements AccountData {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final AccountArchive archive;
    private final PairedBrowsers browsers;
    private final InstantSource clock;

    PersonalData(AccountArchive archive, PairedBrowsers browsers, InstantSource clock) {
        this.archive = archive;
        this.browsers = browsers;
        this.clock = clock;
    }

    @Override
    public byte[] export(UUID accountId) {
        ObjectNode all =
                JSON.createObjectNode().put("exported_at", clock.instant().toString());
        all.setAll(archive.export(accountId));
        try {
            return JSON.writeValueAsBytes(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    /** The rows go first, so that a browser that is disconnected finds nothing under which to come back. */
    @Override
    public void erase(UUID accountId) {
        archive.erase(accountId);
        browsers.disconnectAll(accountId);
    }
}
