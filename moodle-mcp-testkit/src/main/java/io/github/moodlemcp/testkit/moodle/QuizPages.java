package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.ActivityData.Attempt;
import io.github.moodlemcp.testkit.moodle.ActivityData.Question;
import io.github.moodlemcp.testkit.moodle.ActivityData.Quiz;
import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page of a quiz and the review of a finished attempt, with the ids and classes that Moodle's have. */
final class QuizPages {
    private final DemoSite site;
    private final ActivityData data;

    QuizPages(DemoSite site, ActivityData data) {
        this.site = site;
        this.data = data;
    }

    /** What a quiz's page shows a user below its title; empty for other activities. */
    Optional<String> content(Activity activity, long user) {
        return data.quizzes().stream()
                .filter(quiz -> quiz.id() == activity.id())
                .findFirst()
                .map(quiz -> quiz(quiz, user));
    }

    private String quiz(Quiz quiz, long user) {
        List<Attempt> attempts = quiz.attempts().stream()
                .filter(attempt -> attempt.user() == user)
                .toList();
        String rules = quiz.rules().stream()
                .map(rule -> "<p class=\"text-start\">" + Html.text(rule) + "</p>")
                .collect(Collectors.joining());
        String cards = IntStream.range(0, attempts.size())
                .mapToObj(index -> card(index + 1, attempts.get(index)))
                .collect(Collectors.joining());
        return """
                <div id="intro">%s</div><form method="post" action="%s"><button>Attempt quiz</button></form>
                <div class="quizinfo">%s</div>%s<ul>%s</ul>
                """.formatted(
                quiz.intro(),
                Html.text(site.link("/mod/quiz/startattempt.php")),
                rules,
                attempts.isEmpty() ? "" : "<div id=\"feedback\"><h3>" + Html.text(quiz.result()) + "</h3></div>",
                cards);
    }

    private String card(int number, Attempt attempt) {
        return """
                <li><div class="card"><h4 class="card-title">Attempt %d</h4>%s<div class="card-body">\
                <a href="%s">Review</a></div></div></li>
                """.formatted(
                number, summary(attempt.rows()), Html.text(site.link("/mod/quiz/review.php?attempt=" + attempt.id())));
    }

    private static String summary(Map<String, String> rows) {
        return rows.entrySet().stream()
                .map(row ->
                        "<tr><th>" + Html.text(row.getKey()) + "</th><td>" + Html.text(row.getValue()) + "</td></tr>")
                .collect(Collectors.joining("", "<table class=\"quizreviewsummary\"><tbody>", "</tbody></table>"));
    }

    /** The review of an attempt for the user whose it is; empty for others. */
    Optional<String> review(Quiz quiz, long attempt, long user) {
        return quiz.attempts().stream()
                .filter(one -> one.id() == attempt && one.user() == user)
                .findFirst()
                .map(one -> summary(one.rows())
                        + IntStream.range(0, one.questions().size())
                                .mapToObj(index ->
                                        question(index + 1, one.questions().get(index)))
                                .collect(Collectors.joining()));
    }

    private static String question(int number, Question question) {
        return """
                <div class="que %s deferredfeedback %s"><div class="info"><h3 class="no">Question <span class="qno">%d\
                </span></h3><div class="state">In words</div><div class="grade">%s</div></div><div class="content">\
                <div class="formulation"><div class="qtext">%s</div>%s</div><div class="outcome">\
                <div class="feedback"><div class="rightanswer">%s</div></div></div>%s</div></div>
                """.formatted(
                question.type(),
                question.outcome(),
                number,
                Html.text(question.mark()),
                question.text(),
                answer(question),
                Html.text(question.right()),
                question.comment() == null ? "" : "<div class=\"comment\">" + Html.text(question.comment()) + "</div>");
    }

    private static String answer(Question question) {
        List<String> options = question.options();
        if (options == null) {
            return "<input type=\"text\" readonly=\"readonly\" value=\"" + Html.text(String.valueOf(question.answer()))
                    + "\">";
        }
        return IntStream.range(0, options.size())
                .mapToObj(index -> """
                        <div class="r%d%s"><input type="radio" disabled="disabled"%s><div>%s</div></div>
                        """.formatted(
                                index % 2,
                                index == question.chosen() ? " " + question.outcome() : "",
                                index == question.chosen() ? " checked=\"checked\"" : "",
                                Html.text(options.get(index))))
                .collect(Collectors.joining("", "<div class=\"answer\">", "</div>"));
    }
}
