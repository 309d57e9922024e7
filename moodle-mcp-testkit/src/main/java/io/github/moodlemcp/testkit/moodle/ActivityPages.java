package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.ActivityData.Choice;
import io.github.moodlemcp.testkit.moodle.ActivityData.WikiPage;
import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What pages, books, glossaries, links, wikis and choices show, with the ids and classes that Moodle's have. */
final class ActivityPages {
    private static final Pattern PAGE = Pattern.compile("\\{page:(\\d+)}");

    private final DemoSite site;
    private final ActivityData data;

    ActivityPages(DemoSite site, ActivityData data) {
        this.site = site;
        this.data = data;
    }

    /** What an activity's page shows below its title; empty when the demo has nothing for it. */
    Optional<String> content(Activity activity, MoodleSession session) {
        return switch (activity.module()) {
            case "page" ->
                data.text(activity.id())
                        .map(html -> "<div class=\"box generalbox\"><div class=\"no-overflow\">" + html
                                + "</div></div><div class=\"modified\">Last modified: today</div>");
            case "url" ->
                data.links().stream()
                        .filter(link -> link.id() == activity.id())
                        .findFirst()
                        .map(link -> "<div class=\"urlworkaround\"><a href=\"%1$s\">%1$s</a></div>"
                                .formatted(Html.text(link.url())));
            case "glossary" -> Optional.of(glossary(activity.id()));
            case "wiki" -> wikiPage(activity.id(), null);
            case "choice" ->
                data.choices().stream()
                        .filter(choice -> choice.id() == activity.id())
                        .findFirst()
                        .map(choice -> choice(choice, session.sesskey()));
            default -> Optional.empty();
        };
    }

    /** The chapters of a book, as its page for printing shows them. */
    String chapters(long book) {
        return "<div class=\"book p-4\">"
                + data.chapters().stream()
                        .filter(chapter -> chapter.book() == book)
                        .map(chapter -> "<div class=\"book_chapter\"><h2>%s</h2>%s</div>"
                                .formatted(Html.text(chapter.title()), chapter.html()))
                        .collect(Collectors.joining())
                + "</div>";
    }

    private String glossary(long id) {
        return data.entries().stream()
                .filter(entry -> entry.glossary() == id)
                .map(entry -> """
                        <table class="glossarypost dictionary"><tr><td class="entry"><div class="concept"><h4>%s</h4>\
                        </div><div class="no-overflow">%s</div></td></tr></table>
                        """.formatted(Html.text(entry.concept()), entry.html()))
                .collect(Collectors.joining("", "<div class=\"entrybox\"><a href=\"#\">A</a></div>", ""));
    }

    /** The wiki that has a page. */
    Optional<Long> wikiOf(long page) {
        return data.wikiPages().stream()
                .filter(one -> one.page() == page)
                .map(WikiPage::wiki)
                .findFirst();
    }

    /** A page of a wiki, its first for null. */
    Optional<String> wikiPage(long wiki, @Nullable Long page) {
        return data.wikiPages().stream()
                .filter(one -> one.wiki() == wiki && (page == null || one.page() == page))
                .findFirst()
                .map(one -> "<div class=\"wiki_headingtitle\"><h3>%s</h3></div><div class=\"generalbox\">%s</div>"
                        .formatted(
                                Html.text(one.title()),
                                PAGE.matcher(one.html())
                                        .replaceAll(
                                                found -> site.link("/mod/wiki/view.php?pageid=" + found.group(1)))));
    }

    private static String choice(Choice choice, String sesskey) {
        String options = IntStream.range(0, choice.options().size())
                .mapToObj(index -> """
                        <li class="option"><input type="radio" name="answer" value="%1$d" id="choice_%1$d"%2$s>\
                        <label for="choice_%1$d">%3$s</label></li>
                        """.formatted(
                                index + 1,
                                choice.answer() != null && choice.answer() == index ? " checked=\"checked\"" : "",
                                Html.text(choice.options().get(index))))
                .collect(Collectors.joining());
        return """
                <div id="intro">%s</div><form method="POST" action="view.php" class="horizontal">\
                <ul class="choices">%s</ul><input type="hidden" name="sesskey" value="%s">\
                <input type="hidden" name="action" value="makechoice"><input type="hidden" name="id" value="%d">\
                <input type="submit" value="Save my choice"></form>
                """.formatted(choice.intro(), options, sesskey, choice.id());
    }
}
