package io.github.moodlemcp.testkit.moodle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One browser's session, as it is at one moment.
 *
 * @param user who is logged in, null for nobody
 * @param lastUsed when it was last prolonged
 * @param wanted where to go after the login: a path below wwwroot with its query
 * @param notice a text the next page shows once
 */
record MoodleSession(
        String id,
        String sesskey,
        @Nullable DemoUser user,
        Instant lastUsed,
        String loginToken,
        @Nullable String wanted,
        @Nullable String notice) {
    /** What a request without cookies has: no user and nothing to keep. */
    static MoodleSession nobody() {
        return new MoodleSession("", "", null, Instant.EPOCH, "", null, null);
    }

    MoodleSession withSesskey(String fresh) {
        return new MoodleSession(id, fresh, user, lastUsed, loginToken, wanted, notice);
    }

    MoodleSession withLastUsed(Instant now) {
        return new MoodleSession(id, sesskey, user, now, loginToken, wanted, notice);
    }

    MoodleSession withWanted(String path) {
        return new MoodleSession(id, sesskey, user, lastUsed, loginToken, path, notice);
    }

    MoodleSession withNotice(@Nullable String text) {
        return new MoodleSession(id, sesskey, user, lastUsed, loginToken, wanted, text);
    }

    /** The same browser, seen as logged out. */
    MoodleSession withoutUser() {
        return new MoodleSession(id, sesskey, null, lastUsed, loginToken, wanted, notice);
    }
}
