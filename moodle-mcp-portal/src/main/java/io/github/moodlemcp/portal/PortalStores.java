package io.github.moodlemcp.portal;

import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.ExtensionDownloads;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import io.github.moodlemcp.portal.spi.WebSessionStore;

/** What the portal is given to work with. */
public record PortalStores(
        AccountStore accounts,
        ApiKeyStore apiKeys,
        WebSessionStore webSessions,
        OneTimeLinkStore oneTimeLinks,
        SignInStateStore signInStates,
        AuthorizationStore authorizations,
        OAuthClientStore clients,
        BrowserDirectory browsers,
        ExtensionDownloads downloads) {}
