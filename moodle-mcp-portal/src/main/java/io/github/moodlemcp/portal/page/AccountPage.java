package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.page.AccountView.Choice;
import io.github.moodlemcp.portal.page.AccountView.IdentityRow;
import io.github.moodlemcp.portal.page.AccountView.SessionRow;
import io.github.moodlemcp.portal.provider.OpenIdProvider;
import io.github.moodlemcp.portal.provider.Proof;
import io.github.moodlemcp.portal.provider.SignInException;
import io.github.moodlemcp.portal.provider.SignInProviders;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.LinkedIdentity;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignInAttempts;
import io.github.moodlemcp.portal.web.SignInAttempts.Attempt;
import io.github.moodlemcp.portal.web.SignedIn;
import io.github.moodlemcp.portal.web.WebSessions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /account}: how the person signs in; links further providers and unlinks them. */
@Path("/account")
@PortalResource
public final class AccountPage {
    private final Gate gate;
    private final Pages pages;
    private final SignInProviders providers;
    private final SignInAttempts attempts;
    private final AccountStore accounts;
    private final WebSessions sessions;
    private final boolean canBeErased;

    /** @param canBeErased whether {@link DataActions} is served */
    public AccountPage(
            Gate gate,
            Pages pages,
            SignInProviders providers,
            SignInAttempts attempts,
            AccountStore accounts,
            WebSessions sessions,
            boolean canBeErased) {
        this.gate = gate;
        this.pages = pages;
        this.providers = providers;
        this.attempts = attempts;
        this.accounts = accounts;
        this.sessions = sessions;
        this.canBeErased = canBeErased;
    }

    @GET
    public Response show(@QueryParam("notice") @Nullable String notice, @Context HttpHeaders headers) {
        SignedIn person = gate.person(headers, "/account");
        List<LinkedIdentity> identities = accounts.identities(person.accountId());
        long unlinkable = identities.stream()
                .filter(linked -> !linked.identity().isLocal())
                .count();
        AccountView view = new AccountView(
                identities.stream().map(linked -> row(linked, unlinkable > 1)).toList(),
                providers.all().stream()
                        .map(provider -> new Choice(provider.key(), provider.name()))
                        .toList(),
                sessions.of(person).stream()
                        .map(session -> row(session, person))
                        .toList(),
                canBeErased,
                Moment.of(person.account().created()),
                AccountNotice.named(notice).map(AccountNotice::text).orElse(null));
        return pages.page(view, Optional.of(person)).build();
    }

    /** Shows the way to the provider: a form may not lead to another site, a link may. */
    @POST
    @Path("link")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response link(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        OpenIdProvider provider = providers.find(form.getFirst("provider")).orElseThrow(NotFoundException::new);
        Attempt attempt = attempts.linking(provider.key(), person);
        try {
            Proof proof = new Proof(attempt.state(), attempt.nonce(), attempt.verifier());
            LinkView view = new LinkView(
                    provider.name(), provider.signInAddress(proof, true).toString());
            ResponseBuilder answer = pages.page(view, Optional.of(person));
            attempts.keep(attempt, headers).forEach(answer::cookie);
            return answer.build();
        } catch (SignInException e) {
            throw ProviderSignIn.notLinked(e, provider);
        }
    }

    @POST
    @Path("unlink")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response unlink(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        String id = String.valueOf(form.getFirst("identity"));
        Identity identity = accounts.identities(person.accountId()).stream()
                .map(LinkedIdentity::identity)
                .filter(own -> id(own).equals(id))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        AccountNotice notice = switch (accounts.unlink(person.accountId(), identity)) {
            case UNLINKED, UNKNOWN -> AccountNotice.UNLINKED;
            case LAST -> AccountNotice.LAST;
        };
        return pages.seeOther(notice.path()).build();
    }

    private static SessionRow row(WebSession session, SignedIn person) {
        return new SessionRow(
                session.id().hex(),
                session.label(),
                session.id().equals(person.session()),
                Moment.of(session.created()),
                Moment.of(session.lastSeen()));
    }

    private IdentityRow row(LinkedIdentity linked, boolean othersRemain) {
        Identity identity = linked.identity();
        String via = identity.isLocal()
                ? "A sign-in link of this service"
                : providers.of(identity).map(OpenIdProvider::name).orElse(identity.issuer());
        boolean canBeUnlinked = othersRemain && !identity.isLocal();
        return new IdentityRow(canBeUnlinked ? id(identity) : null, via, linked.email(), Moment.of(linked.linked()));
    }

    /** Names the identity in a form without saying who it is. */
    private static String id(Identity identity) {
        return SecretHash.of(identity.issuer() + "\n" + identity.subject()).hex();
    }
}
