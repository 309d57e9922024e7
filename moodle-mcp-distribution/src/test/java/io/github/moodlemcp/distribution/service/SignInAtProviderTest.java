package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.distribution.config.Config.SignIn;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import io.github.moodlemcp.testkit.issuer.BrowserVisit;
import io.github.moodlemcp.testkit.issuer.FakeIssuer;
import io.github.moodlemcp.testkit.issuer.FakePerson;
import io.github.moodlemcp.testkit.issuer.IssuerLie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person signs in at an issuer, over HTTP, to the whole service on its database. */
@ExtendWith(TestDatabase.class)
final class SignInAtProviderTest {
    private static final Pattern KEY = Pattern.compile("mmcp_[0-9A-Za-z]{49}");

    private FakeIssuer uni;
    private FakeIssuer other;
    private RunningService service;
    private BrowserVisit visit;

    @BeforeEach
    void start(DataSource dataSource) throws IOException {
        uni = FakeIssuer.start();
        other = FakeIssuer.start();
        uni.person(FakePerson.of("carla", "carla@example.edu", "Carla Example"));
        other.person(FakePerson.of("c-2", "carla@example.edu", "C. Example"));
        service = new RunningService(
                dataSource,
                new SignIn(
                        List.of(provider("uni", uni), provider("other", other)),
                        new EmailDomains(Set.of("example.edu"))));
        visit = new BrowserVisit(service.base());
    }

    @AfterEach
    void stop() {
        service.close();
        uni.close();
        other.close();
    }

    @Test
    void theKeyOfTheFirstSignInOpensTheMcpEndpointAndTheAccountIsFoundAgain() {
        HttpResponse<String> welcome = visit.open("/sign-in/uni");
        Matcher key = KEY.matcher(welcome.body());
        assertThat(key.find()).isTrue();
        assertThat(service.client(key.group())
                        .request("tools/list", JsonNodeFactory.instance.objectNode())
                        .status())
                .isEqualTo(200);

        assertThat(new BrowserVisit(service.base()).open("/sign-in/uni").uri().getPath())
                .isEqualTo("/dashboard");
        assertThat(new BrowserVisit(service.base()).open("/sign-in/other").statusCode())
                .isEqualTo(409);

        HttpResponse<String> way = visit.submit("/account", "/account/link", Map.of("provider", "other"));
        Matcher link = Pattern.compile("class=\"button\" href=\"(http[^\"]+)\"").matcher(way.body());
        assertThat(link.find()).isTrue();
        URI address = URI.create(link.group(1).replace("&amp;", "&"));
        assertThat(visit.open(address).body()).contains("Linked.");
        assertThat(new BrowserVisit(service.base()).open("/sign-in/other").uri().getPath())
                .isEqualTo("/dashboard");
    }

    @Test
    void aLieAndAForeignDomainAreRefusedAndACallbackCountsOnce() {
        uni.lie(IssuerLie.SWAPPED_KEY);
        assertThat(visit.open("/sign-in/uni").statusCode()).isEqualTo(502);
        uni.tellTheTruth();
        uni.person(FakePerson.of("mallory", "mallory@example.org", "Mallory"));
        assertThat(visit.open("/sign-in/uni").statusCode()).isEqualTo(403);

        uni.person(FakePerson.of("dora", "dora@example.edu", "Dora"));
        HttpResponse<String> out = visit.openOnly(URI.create(service.base() + "/sign-in/uni"));
        URI callback = BrowserVisit.locationOf(visit.openOnly(BrowserVisit.locationOf(out)));
        BrowserVisit replay = new BrowserVisit(service.base());
        visit.cookies().forEach(replay::setCookie);
        assertThat(visit.open(callback).statusCode()).isEqualTo(200);
        assertThat(replay.open(callback).statusCode()).isEqualTo(400);
    }

    private static IdentityProvider provider(String key, FakeIssuer issuer) {
        return IdentityProvider.openId(key, key, issuer.issuer(), issuer.clientId(), issuer.clientSecret());
    }
}
