package io.github.moodlemcp.portal.page;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.moodlemcp.portal.provider.OpenIdProvider;
import io.github.moodlemcp.portal.provider.Proof;
import io.github.moodlemcp.portal.provider.SignInException;
import io.github.moodlemcp.portal.provider.SignInFailure;
import io.github.moodlemcp.portal.provider.SignInProviders;
import io.github.moodlemcp.portal.provider.VerifiedPerson;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.CallerAddresses;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.web.AddressLimit;
import io.github.moodlemcp.portal.web.CallerNote;
import io.github.moodlemcp.portal.web.Failing;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.PageProblem;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.ReturnPath;
import io.github.moodlemcp.portal.web.SignInAttempts;
import io.github.moodlemcp.portal.web.SignInAttempts.Attempt;
import io.github.moodlemcp.portal.web.SignedIn;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sign-in/{provider}}: sends a person to a provider; its {@code /callback} lets in whoever comes back with proof
 * of who they are, or links that identity with the account of the person who set out.
 */
@Path("/sign-in/{provider}")
@PortalResource
@Failing
public final class ProviderSignIn {
    private static final System.Logger LOG = System.getLogger(ProviderSignIn.class.getName());

    /** The errors that a provider may report (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6), for the log. */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "unauthorized_client",
            "unsupported_response_type",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable",
            "interaction_required",
            "login_required",
            "account_selection_required",
            "consent_required");

    private final Gate gate;
    private final AddressLimit starts;
    private final Pages pages;
    private final SignInProviders providers;
    private final SignInAttempts attempts;
    private final SignInViews views;
    private final Arrivals arrivals;
    private final AccountStore accounts;
    private final Clock clock;

    /** @param starts how often people at one address may set out without coming back signed in */
    public ProviderSignIn(
            Gate gate,
            AddressLimit starts,
            Pages pages,
            SignInProviders providers,
            SignInAttempts attempts,
            SignInViews views,
            Arrivals arrivals,
            AccountStore accounts,
            Clock clock) {
        this.gate = gate;
        this.starts = starts;
        this.pages = pages;
        this.providers = providers;
        this.attempts = attempts;
        this.views = views;
        this.arrivals = arrivals;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GET
    public Response setOut(
            @PathParam("provider") String key,
            @QueryParam("return") @Nullable String path,
            @Context HttpHeaders headers) {
        OpenIdProvider provider = provider(key);
        Optional<ReturnPath> returnPath = ReturnPath.of(path);
        if (gate.visitor(headers).isPresent()) {
            return pages.seeOther(returnPath.map(ReturnPath::value).orElse("/dashboard"))
                    .build();
        }
        countStart(CallerNote.of(headers));
        Attempt attempt = attempts.signingIn(provider.key(), returnPath);
        try {
            URI address = provider.signInAddress(proof(attempt), false);
            ResponseBuilder answer = Response.seeOther(address);
            attempts.keep(attempt, headers).forEach(answer::cookie);
            return answer.build();
        } catch (SignInException e) {
            return failed(e, provider, returnPath).build();
        }
    }

    private void countStart(String address) {
        Duration wait = address.equals(CallerAddresses.UNKNOWN) ? Duration.ZERO : starts.take(address);
        if (wait.isPositive()) {
            throw new PageProblem(
                    wait,
                    "Too many people sign in from here just now",
                    "Many sign-ins began at your network address that were not finished, so this one was not begun. Wait for "
                            + AddressLimit.seconds(wait) + " seconds, then try again.");
        }
    }

    /** Says that the page exists; looking begins nothing. */
    @HEAD
    public Response look(@PathParam("provider") String key) {
        provider(key);
        return Response.ok().build();
    }

    @GET
    @Path("callback")
    public Response comeBack(@PathParam("provider") String key, @Context UriInfo uri, @Context HttpHeaders headers) {
        OpenIdProvider provider = provider(key);
        MultivaluedMap<String, String> answer = uri.getQueryParameters();
        Optional<Attempt> begun = attempts.take(provider.key(), single(answer, "state"), headers);
        if (begun.isEmpty()) {
            return failed(new SignInException(SignInFailure.STALE, "unknown_state"), provider, Optional.empty())
                    .build();
        }
        Attempt attempt = begun.get();
        NewCookie forgotten = attempts.forget(attempt);
        try {
            VerifiedPerson person = person(provider, answer, attempt);
            ResponseBuilder page = attempt.linkingSession().isPresent()
                    ? link(person, attempt.linkingSession().get(), headers)
                    : signIn(person, attempt, headers);
            starts.giveBack(CallerNote.of(headers));
            return page.cookie(forgotten).build();
        } catch (SignInException e) {
            if (attempt.linkingSession().isPresent()) {
                throw notLinked(e, provider);
            }
            return failed(e, provider, attempt.returnPath()).cookie(forgotten).build();
        }
    }

    /** Says that the page exists; looking spends nothing. */
    @HEAD
    @Path("callback")
    public Response lookAtCallback(@PathParam("provider") String key) {
        return look(key);
    }

    private static VerifiedPerson person(
            OpenIdProvider provider, MultivaluedMap<String, String> answer, Attempt attempt) throws SignInException {
        provider.checkAnswerer(single(answer, "iss"));
        String error = single(answer, "error");
        if (error != null) {
            throw error.equals("access_denied")
                    ? new SignInException(SignInFailure.DENIED, "denied")
                    : new SignInException(SignInFailure.REPORTED, ERRORS.contains(error) ? error : "another_error");
        }
        String code = single(answer, "code");
        if (code == null) {
            throw new SignInException(SignInFailure.UNTRUSTED, "no_code");
        }
        return provider.redeem(code, proof(attempt));
    }

    private ResponseBuilder signIn(VerifiedPerson person, Attempt attempt, HttpHeaders headers) throws SignInException {
        AccountLookup lookup =
                accounts.findOrCreate(person.identity(), person.email(), person.name(), Instant.now(clock));
        return switch (lookup) {
            case AccountLookup.Found(var account) -> arrivals.arrive(account.id(), attempt.returnPath(), headers);
            case AccountLookup.Created(var account) -> arrivals.arrive(account.id(), attempt.returnPath(), headers);
            case AccountLookup.EmailTaken() ->
                throw new SignInException(SignInFailure.ADDRESS_TAKEN, "address_has_an_account");
        };
    }

    private ResponseBuilder link(VerifiedPerson person, SecretHash session, HttpHeaders headers)
            throws SignInException {
        SignedIn owner = gate.visitor(headers)
                .filter(visitor -> visitor.session().equals(session))
                .orElseThrow(() -> new SignInException(SignInFailure.OTHER_SESSION, "another_session_came_back"));
        return switch (accounts.link(owner.accountId(), person.identity(), person.email(), Instant.now(clock))) {
            case LINKED -> pages.seeOther(AccountNotice.LINKED.path());
            case ALREADY_LINKED -> pages.seeOther(AccountNotice.ALREADY_LINKED.path());
            case TAKEN -> throw new SignInException(SignInFailure.LINKED_ELSEWHERE, "identity_has_another_account");
        };
    }

    private OpenIdProvider provider(String key) {
        return providers.find(key).orElseThrow(NotFoundException::new);
    }

    private ResponseBuilder failed(SignInException problem, OpenIdProvider provider, Optional<ReturnPath> returnPath) {
        log(problem, provider);
        SignInFailure failure = problem.failure();
        SignInView view = views.leadingTo(returnPath)
                .after(new SignInView.Problem(
                        failure.headline(provider.name()) + ".", failure.explanation(provider.name())));
        return pages.page(view, Optional.empty()).status(failure.status());
    }

    /** The page of a person who did not get to link an identity with their account. */
    static PageProblem notLinked(SignInException problem, OpenIdProvider provider) {
        log(problem, provider);
        SignInFailure failure = problem.failure();
        return new PageProblem(
                failure.status(), failure.headline(provider.name()), failure.explanation(provider.name()));
    }

    private static void log(SignInException problem, OpenIdProvider provider) {
        LOG.log(
                problem.failure().concernsTheOperator() ? WARNING : INFO,
                "event=sign_in_failed provider=" + provider.key() + " failure=" + problem.failure() + " reason="
                        + problem.reason());
    }

    /** The parameter, if it is there exactly once. */
    private static @Nullable String single(MultivaluedMap<String, String> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static Proof proof(Attempt attempt) {
        return new Proof(attempt.state(), attempt.nonce(), attempt.verifier());
    }
}
