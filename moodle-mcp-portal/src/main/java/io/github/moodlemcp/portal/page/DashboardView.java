package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.oauth.ConnectedApps;
import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard.
 *
 * @param keyLimit how many keys a person may have
 * @param toolsets what a new key can offer
 * @param notice what came of the last action; null when there was none
 */
public record DashboardView(
        List<BrowserRow> browsers,
        List<KeyRow> keys,
        int keyLimit,
        List<Toolset> toolsets,
        List<AppRow> apps,
        @Nullable String notice)
        implements View {
    public DashboardView {
        browsers = List.copyOf(browsers);
        keys = List.copyOf(keys);
        toolsets = List.copyOf(toolsets);
        apps = List.copyOf(apps);
    }

    /** An app that the person allowed to act for them. */
    public record AppRow(String id, String name, boolean mayWrite, Moment since) {
        static AppRow of(Grant grant) {
            return new AppRow(
                    grant.id().toString(), grant.label(), ConnectedApps.mayWrite(grant), Moment.of(grant.created()));
        }
    }

    /**
     * An API key, without its secret.
     *
     * @param allows what it allows, in words
     */
    public record KeyRow(
            String id,
            String name,
            String prefix,
            String allows,
            Moment created,
            @Nullable Moment expires,
            @Nullable Moment lastUsed,
            @Nullable String lastClient) {
        static KeyRow of(ApiKey key) {
            return new KeyRow(
                    key.id().toString(),
                    key.name(),
                    key.prefix(),
                    Toolset.words(key.rights()),
                    Moment.of(key.created()),
                    moment(key.expires()),
                    moment(key.lastUsed()),
                    key.lastClient());
        }

        private static @Nullable Moment moment(@Nullable Instant instant) {
            return instant == null ? null : Moment.of(instant);
        }
    }

    @Override
    public String template() {
        return "dashboard";
    }

    @Override
    public String title() {
        return "Dashboard";
    }
}
