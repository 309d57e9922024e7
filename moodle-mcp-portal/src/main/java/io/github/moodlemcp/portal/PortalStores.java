package io.github.moodlemcp.portal;

import io.github.moodlemcp.portal.spi.AccountData;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.ExtensionDownloads;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import org.jspecify.annotations.Nullable;

/**
 * What the portal is given to work with.
 *
 * @param data all that belongs to an account, so that people can have it and have it erased; null leaves that out
 */
public record PortalStores(
        AccountStore accounts,
        ApiKeyStore apiKeys,
        WebSessionStore webSessions,
        OneTimeLinkStore oneTimeLinks,
        SignInStateStore signInStates,
        AuthorizationStore authorizations,
        OAuthClientStore clients,
        BrowserDirectory browsers,
        @Nullable AccountData data,
        ExtensionDownloads downloads) {}
