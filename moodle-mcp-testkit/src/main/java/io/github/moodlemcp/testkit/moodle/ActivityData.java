package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the resource {@code demo-activities.json} holds: what is in activities, and who else is in a course. */
record ActivityData(
        List<Text> texts,
        List<Link> links,
        List<Chapter> chapters,
        List<Entry> entries,
        List<WikiPage> wikiPages,
        List<Choice> choices,
        List<Quiz> quizzes,
        List<Person> people,
        List<Restriction> restrictions) {
    private static final String RESOURCE = "demo-activities.json";

    ActivityData {
        texts = List.copyOf(texts);
        links = List.copyOf(links);
        chapters = List.copyOf(chapters);
        entries = List.copyOf(entries);
        wikiPages = List.copyOf(wikiPages);
        choices = new CopyOnWriteArrayList<>(choices);
        quizzes = List.copyOf(quizzes);
        people = List.copyOf(people);
        restrictions = List.copyOf(restrictions);
    }

    static ActivityData load() {
        try (InputStream resource = ActivityData.class.getResourceAsStream(RESOURCE)) {
            return new JsonMapper().readValue(resource, ActivityData.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read.", unreadable);
        }
    }

    /** The HTML of a page or a label. */
    Optional<String> text(long activity) {
        return texts.stream()
                .filter(text -> text.id() == activity)
                .map(Text::html)
                .findFirst();
    }

    /** The quiz with an attempt of this number. */
    Optional<Quiz> quizOfAttempt(long attempt) {
        return quizzes.stream()
                .filter(quiz -> quiz.attempts().stream().anyMatch(one -> one.id() == attempt))
                .findFirst();
    }

    /** The HTML of a page or a label. */
    record Text(long id, String html) {}

    /** Where a link activity leads. */
    record Link(long id, String url) {}

    /** A chapter of a book, with its number in the title. */
    record Chapter(long book, String title, String html) {}

    /** An entry of a glossary. */
    record Entry(long glossary, String concept, String html) {}

    /** A page of a wiki; {@code {page:N}} in its HTML is the address of another. */
    record WikiPage(long wiki, long page, String title, String html) {}

    /**
     * A choice between options.
     *
     * @param answer which option the student chose, counted from 0; null for none
     */
    record Choice(
            long id,
            String intro,
            List<String> options,
            @Nullable Integer answer) {
        Choice {
            options = List.copyOf(options);
        }

        Choice answered(int option) {
            return new Choice(id, intro, options, option);
        }
    }

    /** A quiz; nobody can begin an attempt at it. */
    record Quiz(long id, String intro, List<String> rules, String result, List<Attempt> attempts) {
        Quiz {
            rules = List.copyOf(rules);
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * A finished attempt.
     *
     * @param user the id of the user whose it is
     * @param rows what Moodle says about it, in order
     */
    record Attempt(long id, long user, Map<String, String> rows, List<Question> questions) {
        Attempt {
            questions = List.copyOf(questions);
        }
    }

    /**
     * A question that was answered.
     *
     * @param outcome the class that Moodle gives it, such as {@code correct}
     * @param options null for a question that is answered in words
     * @param chosen which option was chosen, counted from 0
     * @param answer the words that were typed
     */
    record Question(
            String type,
            String outcome,
            String mark,
            String text,
            @Nullable List<String> options,
            int chosen,
            @Nullable String answer,
            String right,
            @Nullable String comment) {}

    /** Somebody in a course who does not log in. */
    record Person(
            long id,
            String name,
            long course,
            String role,
            String groups,
            @Nullable String email) {}

    /** Why an activity cannot be opened. */
    record Restriction(long id, String text) {}
}
