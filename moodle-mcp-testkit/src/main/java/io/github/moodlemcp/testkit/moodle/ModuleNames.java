package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import java.util.Map;

/** What Moodle calls the kinds of activities in English. */
final class ModuleNames {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("assign", "Assignment"),
            Map.entry("book", "Book"),
            Map.entry("choice", "Choice"),
            Map.entry("folder", "Folder"),
            Map.entry("forum", "Forum"),
            Map.entry("glossary", "Glossary"),
            Map.entry("label", "Text and media area"),
            Map.entry("page", "Page"),
            Map.entry("quiz", "Quiz"),
            Map.entry("resource", "File"),
            Map.entry("subsection", "Subsection"),
            Map.entry("url", "URL"),
            Map.entry("wiki", "Wiki"));

    private ModuleNames() {}

    static String of(Activity activity) {
        return NAMES.getOrDefault(activity.module(), activity.module());
    }
}
