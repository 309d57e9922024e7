package io.github.moodlemcp.portal;

import io.github.moodlemcp.portal.client.ClientConfigurations;
import io.github.moodlemcp.portal.credential.AccessTokens;
import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.BridgeTokens;
import io.github.moodlemcp.portal.credential.LocalAccounts;
import io.github.moodlemcp.portal.credential.OneTimeLinks;
import io.github.moodlemcp.portal.credential.RandomTokens;
import io.github.moodlemcp.portal.oauth.Audience;
import io.github.moodlemcp.portal.oauth.AuthorizationRequests;
import io.github.moodlemcp.portal.oauth.ClientDocuments;
import io.github.moodlemcp.portal.oauth.ClientProofs;
import io.github.moodlemcp.portal.oauth.Clients;
import io.github.moodlemcp.portal.oauth.ConnectedApps;
import io.github.moodlemcp.portal.oauth.ExtensionClient;
import io.github.moodlemcp.portal.oauth.Grants;
import io.github.moodlemcp.portal.oauth.RegisterResource;
import io.github.moodlemcp.portal.oauth.RegistrationLimit;
import io.github.moodlemcp.portal.oauth.Registrations;
import io.github.moodlemcp.portal.oauth.RevokeResource;
import io.github.moodlemcp.portal.oauth.ServerMetadata;
import io.github.moodlemcp.portal.oauth.TokenResource;
import io.github.moodlemcp.portal.page.AccountPage;
import io.github.moodlemcp.portal.page.Arrivals;
import io.github.moodlemcp.portal.page.AuthorizePage;
import io.github.moodlemcp.portal.page.CreateKeyAction;
import io.github.moodlemcp.portal.page.DashboardPage;
import io.github.moodlemcp.portal.page.DataActions;
import io.github.moodlemcp.portal.page.DefaultBrowserAction;
import io.github.moodlemcp.portal.page.DisconnectAppAction;
import io.github.moodlemcp.portal.page.DownloadsResource;
import io.github.moodlemcp.portal.page.ExtensionPage;
import io.github.moodlemcp.portal.page.ForgetBrowserAction;
import io.github.moodlemcp.portal.page.LandingPage;
import io.github.moodlemcp.portal.page.ProviderSignIn;
import io.github.moodlemcp.portal.page.RevokeKeyAction;
import io.github.moodlemcp.portal.page.RotateKeyAction;
import io.github.moodlemcp.portal.page.SessionActions;
import io.github.moodlemcp.portal.page.SignInPage;
import io.github.moodlemcp.portal.page.SignInViews;
import io.github.moodlemcp.portal.page.SignOutAction;
import io.github.moodlemcp.portal.page.WelcomePage;
import io.github.moodlemcp.portal.provider.SignInProviders;
import io.github.moodlemcp.portal.web.AddressLimit;
import io.github.moodlemcp.portal.web.Assets;
import io.github.moodlemcp.portal.web.AssetsResource;
import io.github.moodlemcp.portal.web.CallerNote;
import io.github.moodlemcp.portal.web.ErrorPages;
import io.github.moodlemcp.portal.web.FailureFilter;
import io.github.moodlemcp.portal.web.FormLimitFilter;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Incidents;
import io.github.moodlemcp.portal.web.PageHeadersFilter;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PublicAddress;
import io.github.moodlemcp.portal.web.Reveals;
import io.github.moodlemcp.portal.web.SignInAttempts;
import io.github.moodlemcp.portal.web.Templates;
import io.github.moodlemcp.portal.web.WebSessions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of the service that people see. Give it its settings and stores, register {@link #restComponents()} with
 * any Jakarta REST application at the root path, and let the bridge ask {@link #bridgeTokens()}, and
 * the MCP endpoint {@link #apiKeys()} and {@link #accessTokens()}. Safe for use by many threads.
 */
public final class Portal {
    private static final AddressLimit.Rate REGISTRATIONS_OF_ONE = new AddressLimit.Rate(20, Duration.ofHours(1));
    private static final AddressLimit.Rate REGISTRATIONS_OF_ALL = new AddressLimit.Rate(500, Duration.ofHours(1));

    private static final AddressLimit.Rate SIGN_INS_UNDER_WAY = new AddressLimit.Rate(300, Duration.ofMinutes(10));

    private final PortalOptions options;
    private final PortalStores stores;
    private final RandomTokens tokens;
    private final ApiKeys apiKeys;
    private final BridgeTokens bridgeTokens;
    private final AccessTokens accessTokens;
    private final OneTimeLinks oneTimeLinks;
    private final LocalAccounts localAccounts;
    private final ClientConfigurations clientConfigurations;
    private final SignInProviders providers;

    public Portal(PortalOptions options, PortalStores stores) {
        this.options = options;
        this.stores = stores;
        Clock clock = options.clock();
        PublicAddress address = options.address();
        this.tokens = new RandomTokens(options.random());
        this.apiKeys = new ApiKeys(stores.apiKeys(), options.random(), clock, options.keyLimit());
        this.bridgeTokens = new BridgeTokens(
                options.keys(), address.base(), options.webSocketUrl(), stores.authorizations()::isLive, clock);
        this.accessTokens =
                new AccessTokens(options.keys(), address.base(), address.mcp(), stores.authorizations()::isLive, clock);
        this.oneTimeLinks =
                new OneTimeLinks(stores.oneTimeLinks(), tokens, address.at("/sign-in"), options.linkLifetime(), clock);
        this.localAccounts = new LocalAccounts(stores.accounts(), clock);
        this.clientConfigurations = new ClientConfigurations(address.mcp());
        this.providers = new SignInProviders(
                options.providers(), options.allowedEmails(), address, options.providerLimit(), clock);
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public BridgeTokens bridgeTokens() {
        return bridgeTokens;
    }

    public AccessTokens accessTokens() {
        return accessTokens;
    }

    public OneTimeLinks oneTimeLinks() {
        return oneTimeLinks;
    }

    public LocalAccounts localAccounts() {
        return localAccounts;
    }

    public ClientConfigurations clientConfigurations() {
        return clientConfigurations;
    }

    /** New singletons for a Jakarta REST application: the resources, their filters and the error pages. */
    public Set<Object> restComponents() {
        PublicAddress address = options.address();
        WebSessions sessions = new WebSessions(
                stores.webSessions(),
                stores.accounts(),
                tokens,
                options.keys(),
                address,
                options.webSessionLifetime(),
                options.clock());
        Assets assets = new Assets();
        Pages pages = new Pages(new Templates(), assets, address);
        Incidents incidents = new Incidents(options.random());
        Set<Object> components = new LinkedHashSet<>(pages(new Gate(sessions, address), pages, sessions));
        components.addAll(signIn(new Gate(sessions, address), pages, sessions));
        if (stores.data() != null) {
            components.add(new DataActions(new Gate(sessions, address), pages, sessions, stores.data()));
        }
        components.addAll(authorizationServer(new Gate(sessions, address), pages, incidents));
        components.addAll(List.of(
                new AssetsResource(assets),
                new DownloadsResource(stores.downloads()),
                new CallerNote(options.callers()),
                new FailureFilter(options.failures(), options.callers(), pages),
                new PageHeadersFilter(),
                new FormLimitFilter(),
                new ErrorPages(pages, incidents, options.otherErrors(), options.foreignPaths())));
        return components;
    }

    private List<Object> pages(Gate gate, Pages pages, WebSessions sessions) {
        Reveals reveals = reveals();
        ConnectedApps apps = new ConnectedApps(stores.authorizations());
        return List.of(
                new LandingPage(gate, pages),
                new SignOutAction(gate, pages, sessions),
                new WelcomePage(gate, pages, reveals, clientConfigurations),
                new DashboardPage(gate, pages, apiKeys, apps, stores.browsers(), options.clock()),
                new DisconnectAppAction(gate, pages, apps),
                new DefaultBrowserAction(gate, pages, stores.browsers()),
                new ForgetBrowserAction(gate, pages, stores.browsers()),
                new CreateKeyAction(gate, pages, apiKeys, reveals),
                new RevokeKeyAction(gate, pages, apiKeys),
                new RotateKeyAction(gate, pages, apiKeys, reveals),
                new ExtensionPage(gate, pages, stores.downloads()));
    }

    private List<Object> signIn(Gate gate, Pages pages, WebSessions sessions) {
        Arrivals arrivals = new Arrivals(pages, sessions, apiKeys, reveals());
        SignInViews views = new SignInViews(providers, options.address());
        SignInAttempts attempts =
                new SignInAttempts(stores.signInStates(), tokens, options.keys(), options.address(), options.clock());
        return List.of(
                new SignInPage(gate, pages, oneTimeLinks, views, arrivals),
                new ProviderSignIn(
                        gate,
                        new AddressLimit(SIGN_INS_UNDER_WAY, options.clock()),
                        pages,
                        providers,
                        attempts,
                        views,
                        arrivals,
                        stores.accounts(),
                        options.clock()),
                new AccountPage(gate, pages, providers, attempts, stores.accounts(), sessions, stores.data() != null),
                new SessionActions(gate, pages, sessions));
    }

    private Reveals reveals() {
        return new Reveals(options.keys(), options.address(), options.clock());
    }

    private List<Object> authorizationServer(Gate gate, Pages pages, Incidents incidents) {
        URI issuer = options.address().base();
        Clients clients = new Clients(
                new ExtensionClient(
                        options.chromiumIds(), options.geckoId(), Audience.ofBridge(options.webSocketUrl())),
                stores.clients(),
                new ClientDocuments(options.documents(), options.clock()),
                new ClientProofs(
                        Set.of(
                                issuer,
                                options.address().at("/token"),
                                options.address().at("/revoke")),
                        stores.signInStates(),
                        options.documents(),
                        options.clock()),
                Audience.ofMcp(options.address().mcp()));
        Grants grants = new Grants(
                clients, stores.authorizations(), tokens, bridgeTokens, accessTokens, issuer, options.clock());
        return List.of(
                new ServerMetadata(options.address()),
                new AuthorizePage(gate, pages, new AuthorizationRequests(clients, issuer), grants),
                new TokenResource(clients, grants, options.address(), options.webSocketUrl(), incidents),
                new RevokeResource(clients, grants, options.address(), incidents),
                new RegisterResource(new Registrations(stores.clients(), tokens, options.clock()), incidents),
                new RegistrationLimit(
                        new AddressLimit(REGISTRATIONS_OF_ONE, REGISTRATIONS_OF_ALL, options.clock()),
                        options.callers()));
    }
}
