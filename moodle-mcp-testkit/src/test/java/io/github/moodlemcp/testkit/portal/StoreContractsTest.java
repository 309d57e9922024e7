package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kits catch a store that breaks a rule: one broken store per rule. */
class StoreContractsTest {
    static Stream<Arguments> brokenStores() {
        return Stream.of(
                Arguments.of("ACCOUNT-1", BrokenAccountStores.ForgetsTheName.class),
                Arguments.of("ACCOUNT-2", BrokenAccountStores.TakesTheNewAddressOver.class),
                Arguments.of("ACCOUNT-3", BrokenAccountStores.IgnoresTheIssuer.class),
                Arguments.of("ACCOUNT-4", BrokenAccountStores.ComparesAddressesExactly.class),
                Arguments.of("ACCOUNT-5", BrokenAccountStores.LooksBeforeItActs.class),
                Arguments.of("ACCOUNT-6", BrokenAccountStores.FindsByPattern.class),
                Arguments.of("ACCOUNT-7", BrokenAccountStores.ListsInReverse.class),
                Arguments.of("ACCOUNT-8", BrokenAccountStores.TakesIdentitiesOver.class),
                Arguments.of("ACCOUNT-9", BrokenAccountStores.LooksBeforeItLinks.class),
                Arguments.of("ACCOUNT-10", BrokenAccountStores.ListsEverybodys.class),
                Arguments.of("ACCOUNT-11", BrokenAccountStores.UnlinksForAnybody.class),
                Arguments.of("ACCOUNT-12", BrokenAccountStores.CountsBeforeItUnlinks.class),
                Arguments.of("BROWSER-1", BrokenBrowserDirectories.ForgetsTheSites.class),
                Arguments.of("BROWSER-2", BrokenBrowserDirectories.ListsOnlyTheConnected.class),
                Arguments.of("BROWSER-3", BrokenBrowserDirectories.ListsInReverse.class),
                Arguments.of("BROWSER-4", BrokenBrowserDirectories.TakesAnyDefault.class),
                Arguments.of("BROWSER-5", BrokenBrowserDirectories.ForgetsTheRowOnly.class),
                Arguments.of("STATE-1", BrokenOtherStores.StatesForEver.class),
                Arguments.of("STATE-2", BrokenOtherStores.StatesReadBeforeTheyAreSpent.class),
                Arguments.of("STATE-3", BrokenOtherStores.OneStateForAll.class),
                Arguments.of("KEY-1", BrokenApiKeyStores.ForgetsTheRights.class),
                Arguments.of("KEY-2", BrokenApiKeyStores.CountsBeforeItActs.class),
                Arguments.of("KEY-3", BrokenApiKeyStores.ListsInReverse.class),
                Arguments.of("KEY-4", BrokenApiKeyStores.FindsRevokedKeys.class),
                Arguments.of("KEY-5", BrokenApiKeyStores.RevokesForAnybody.class),
                Arguments.of("KEY-6", BrokenApiKeyStores.MovesBackwards.class),
                Arguments.of("KEY-7", BrokenApiKeyStores.ForgetsRevokedKeys.class),
                Arguments.of("KEY-8", BrokenApiKeyStores.NeverLetsKeysExpire.class),
                Arguments.of("KEY-9", BrokenApiKeyStores.KeepsTheOldSecret.class),
                Arguments.of("SESSION-1", BrokenOtherStores.SessionsForEver.class),
                Arguments.of("SESSION-2", BrokenOtherStores.SessionsThatDoNotEnd.class),
                Arguments.of("SESSION-3", BrokenOtherStores.EndsAllSessions.class),
                Arguments.of("SESSION-4", BrokenOtherStores.ListsTheOldestFirst.class),
                Arguments.of("SESSION-5", BrokenOtherStores.EndsForAnybody.class),
                Arguments.of("SESSION-6", BrokenOtherStores.EndsAlsoTheKept.class),
                Arguments.of("SESSION-7", BrokenOtherStores.SeenEarlier.class),
                Arguments.of("LINK-1", BrokenOtherStores.LinksForEver.class),
                Arguments.of("LINK-2", BrokenOtherStores.LinksReadBeforeTheyAreRemoved.class),
                Arguments.of("LINK-3", BrokenOtherStores.LinksWithoutExpiry.class),
                Arguments.of("LINK-4", BrokenOtherStores.ConsumesAllLinksOfTheAccount.class),
                Arguments.of("CLIENT-1", BrokenOAuthClientStores.KeepsOneAddress.class),
                Arguments.of("CLIENT-2", BrokenOAuthClientStores.IgnoresCase.class),
                Arguments.of("CLIENT-3", BrokenOAuthClientStores.TakesTheNewOne.class),
                Arguments.of("CLIENT-4", BrokenOAuthClientStores.ForgetsTheProof.class),
                Arguments.of("GRANT-1", BrokenAuthorizationStores.ForgetsTheChallenge.class),
                Arguments.of("GRANT-2", BrokenAuthorizationStores.LooksBeforeItSpends.class),
                Arguments.of("GRANT-3", BrokenAuthorizationStores.ForgivesReuse.class),
                Arguments.of("GRANT-4", BrokenAuthorizationStores.TakesExpiredCodes.class),
                Arguments.of("GRANT-5", BrokenAuthorizationStores.AddsToEndedGrants.class),
                Arguments.of("GRANT-6", BrokenAuthorizationStores.ForgetsTheReplacement.class),
                Arguments.of("GRANT-7", BrokenAuthorizationStores.HasNoGrace.class),
                Arguments.of("GRANT-7", BrokenAuthorizationStores.HasEndlessGrace.class),
                Arguments.of("GRANT-8", BrokenAuthorizationStores.IgnoresTheClient.class),
                Arguments.of("GRANT-9", BrokenAuthorizationStores.RevokesForAnybody.class),
                Arguments.of("GRANT-10", BrokenAuthorizationStores.ListsUnredeemed.class),
                Arguments.of("GRANT-11", BrokenAuthorizationStores.LeadsToEndedGrants.class));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenStores")
    void aStoreThatBreaksTheRuleFails(String rule, Class<?> broken) {
        String test = rule.replace("-", "").toLowerCase(Locale.ROOT);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(broken, test))
                                .build(),
                        listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }
}
