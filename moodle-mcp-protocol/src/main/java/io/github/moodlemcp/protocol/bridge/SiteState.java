package io.github.moodlemcp.protocol.bridge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What an extension says about one Moodle site.
 *
 * @param site host and path, such as {@code moodle.example.edu/moodle}
 * @param url the address of the site
 * @param state {@code signed_in}, {@code signed_out}, {@code other_user}, {@code no_permission}, {@code unreachable},
 *     {@code maintenance} or {@code unknown}; an unknown word is passed on as it is
 * @param userId the id of the person in that Moodle, or null
 * @param checkedAt when the extension looked, as ISO 8601, or null
 */
public record SiteState(
        String site,
        String url,
        String state,
        @JsonProperty("user_id") @Nullable Long userId,
        @JsonProperty("checked_at") @Nullable String checkedAt) {
    public SiteState {
        requireNonNull(site, "site");
        requireNonNull(url, "url");
        requireNonNull(state, "state");
    }
}
