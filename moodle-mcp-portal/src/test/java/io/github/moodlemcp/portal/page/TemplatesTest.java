package io.github.moodlemcp.portal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.portal.client.ClientConfiguration;
import io.github.moodlemcp.portal.page.AuthorizePage.AuthorizeView;
import io.github.moodlemcp.portal.page.BrowserRow.SiteRow;
import io.github.moodlemcp.portal.page.DashboardView.KeyRow;
import io.github.moodlemcp.portal.page.ExtensionPage.Download;
import io.github.moodlemcp.portal.page.ExtensionPage.ExtensionView;
import io.github.moodlemcp.portal.page.LandingPage.LandingView;
import io.github.moodlemcp.portal.page.WelcomePage.WelcomeView;
import io.github.moodlemcp.portal.web.Assets;
import io.github.moodlemcp.portal.web.ErrorView;
import io.github.moodlemcp.portal.web.Frame;
import io.github.moodlemcp.portal.web.Templates;
import io.github.moodlemcp.portal.web.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatesTest {
    /** Closes every context that it may land in: an attribute, a text, an element, a template expression. */
    private static final String HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>${7*7}&lt;";

    private static final Moment MOMENT = Moment.of(Instant.parse("2026-11-22T10:00:00Z"));
    private final Templates templates = new Templates();

    static Stream<View> views() {
        return Stream.of(
                new LandingView(),
                asking(),
                new SignInView(List.of(), false, SignInView.Problem.SPENT_LINK, null, "/authorize?" + HOSTILE),
                new SignInView(List.of(), true, null, HOSTILE, HOSTILE),
                new SignInView(
                        List.of(new SignInView.Choice(HOSTILE, "/sign-in/x?return=" + HOSTILE)),
                        true,
                        new SignInView.Problem(HOSTILE, HOSTILE),
                        null,
                        HOSTILE),
                new AccountView(List.of(), List.of(), List.of(), false, MOMENT, null),
                new AccountView(
                        List.of(
                                new AccountView.IdentityRow(HOSTILE, HOSTILE, HOSTILE, MOMENT),
                                new AccountView.IdentityRow(null, HOSTILE, HOSTILE, MOMENT)),
                        List.of(new AccountView.Choice(HOSTILE, HOSTILE)),
                        List.of(
                                new AccountView.SessionRow("a", HOSTILE, true, MOMENT, MOMENT),
                                new AccountView.SessionRow("b", HOSTILE, false, MOMENT, MOMENT)),
                        true,
                        MOMENT,
                        HOSTILE),
                new LinkView(HOSTILE, "https://issuer.example/" + HOSTILE),
                new WelcomeView(true, HOSTILE, HOSTILE, List.of(hostileConfiguration("a")), null),
                new WelcomeView(true, HOSTILE, HOSTILE, List.of(), "/authorize" + HOSTILE),
                new WelcomeView(false, HOSTILE, HOSTILE, List.of(hostileConfiguration("a")), null),
                new DashboardView(List.of(), List.of(), 5, List.of(), List.of(), null),
                new DashboardView(
                        List.of(hostileBrowser(true), hostileBrowser(false)),
                        List.of(hostileKey()),
                        5,
                        List.of(new Toolset(HOSTILE, HOSTILE, true)),
                        List.of(),
                        HOSTILE),
                new DashboardView(
                        List.of(),
                        List.of(hostileKey()),
                        1,
                        List.of(),
                        List.of(
                                new DashboardView.AppRow("id", HOSTILE, true, MOMENT),
                                new DashboardView.AppRow("id", HOSTILE, false, MOMENT)),
                        null),
                new ExtensionView(null, null),
                new ExtensionView(new Download("/downloads/a.zip", HOSTILE), new Download("/downloads/b.zip", "1 kB")),
                new AuthorizeView(HOSTILE, Map.of("state", HOSTILE)),
                new ConsentView(HOSTILE, true, null, HOSTILE, true, true, Map.of("state", HOSTILE)),
                new ConsentView(HOSTILE, false, HOSTILE, HOSTILE, false, false, Map.of("state", HOSTILE)),
                new LeadingBackView(HOSTILE, true, HOSTILE),
                new LeadingBackView(HOSTILE, false, HOSTILE),
                new ErrorView(500, HOSTILE, HOSTILE, "0badcafe"),
                new DataActions.ErasedView(),
                new ErrorView(404, "Nothing", "Nowhere", null));
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyPageFitsItsViewAndEscapesWhatItPrints(View view) {
        String html = templates.render(view, frame(signedIn()));

        assertThat(html)
                .contains("<!doctype html>", "</html>", "not affiliated with or endorsed by Moodle Pty Ltd")
                .doesNotContain("<script>", "<img src=x", "\"'>", "49&");
        assertThat(html).doesNotContainPattern("(?i)\\son[a-z]+=\"|style=\"|javascript:");
        if (view.toString().contains(HOSTILE)) {
            assertThat(html).contains("&lt;script&gt;");
        }
    }

    @Test
    void thePartThatIsKeptUpToDateIsEscapedToo() {
        String html = templates.render(
                new BrowsersView(List.of(hostileBrowser(true), hostileBrowser(false))), frame(signedIn()));

        assertThat(html)
                .contains("&lt;script&gt;", "Use by default", "Disconnect this browser")
                .doesNotContain("<html", "<script>", "<img src=x", "\"'>", "49&");
    }

    @Test
    void visitorsSeeNoFormThatNeedsASession() {
        for (View view : List.of(new LandingView(), asking(), new ExtensionView(null, null))) {
            assertThat(templates.render(view, frame(null))).doesNotContain("form_token", "Sign out");
        }
    }

    @Test
    void theTitleIsEscapedToo() {
        assertThat(templates.render(new ErrorView(400, HOSTILE, "", null), frame(null)))
                .contains("<title>&quot;&#39;&gt;&lt;script&gt;");
    }

    @Test
    void everyTemplateIsAmongTheViewsOfThisTest() throws Exception {
        Set<String> tried = Stream.concat(views(), Stream.of(new BrowsersView(List.of())))
                .map(View::template)
                .collect(Collectors.toCollection(TreeSet::new));
        Path folder = Path.of(Templates.class
                        .getResource("/io/github/moodlemcp/portal/page/layout.ftlh")
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".ftlh") && !name.equals("layout.ftlh"))
                            .map(name -> name.replace(".ftlh", "")))
                    .containsExactlyInAnyOrderElementsOf(tried);
        }
    }

    @Test
    void aViewThatLacksWhatItsTemplateAsksForIsADefect() {
        assertThatThrownBy(() -> templates.render(new Lacking(), frame(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("welcome");
    }

    @Test
    void everyStateOfASiteHasItsWords() {
        assertThat(hostileBrowser(true).sites().getFirst().label()).isNotBlank();
        assertThat(UserAgents.label("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"))
                .isEqualTo("Firefox on Linux");
        assertThat(UserAgents.label("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0"))
                .isEqualTo("Edge on Windows");
        assertThat(UserAgents.label(null)).isEqualTo("A browser");
    }

    /** Public, because the template engine reads public types only. */
    public record Lacking() implements View {
        @Override
        public String template() {
            return "welcome";
        }

        @Override
        public String title() {
            return "Lacking";
        }
    }

    private static Frame frame(Frame.Person person) {
        return new Frame(
                person == null ? "\"'><script>" : "A page", "https://mcp.example.org", new Assets().paths(), person);
    }

    private static Frame.Person signedIn() {
        return new Frame.Person(HOSTILE, HOSTILE, "token");
    }

    private static SignInView asking() {
        return new SignInView(List.of(), true, null, null, null);
    }

    private static ClientConfiguration hostileConfiguration(String id) {
        return new ClientConfiguration(id, HOSTILE, HOSTILE, HOSTILE);
    }

    private static KeyRow hostileKey() {
        return new KeyRow("id", HOSTILE, HOSTILE, HOSTILE, MOMENT, MOMENT, MOMENT, HOSTILE);
    }

    private static BrowserRow hostileBrowser(boolean isDefault) {
        return new BrowserRow(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                isDefault,
                "good",
                HOSTILE,
                MOMENT,
                HOSTILE,
                true,
                List.of(
                        new SiteRow(HOSTILE, "https://x/" + HOSTILE, "signed_in", "Signed in"),
                        new SiteRow(HOSTILE, null, HOSTILE, HOSTILE)));
    }
}
