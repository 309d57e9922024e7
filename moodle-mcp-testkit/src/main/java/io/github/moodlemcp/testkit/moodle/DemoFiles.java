package io.github.moodlemcp.testkit.moodle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of the demo: documents that real programs made, each linked on the page of its activity. */
final class DemoFiles {
    private static final String PREFIX = "/pluginfile.php/";
    private static final List<DemoFile> FILES = List.of(
            new DemoFile(105, "mod_resource/content/1", "Größen & Maße.pdf", "slides.pdf"),
            new DemoFile(118, "mod_folder/content/0", "week 1/Exercise sheet.docx", "handout.docx"),
            new DemoFile(118, "mod_folder/content/0", "week 1/Lab rules.pptx", "talk.pptx"),
            new DemoFile(118, "mod_folder/content/0", "Measurements.xlsx", "marks.xlsx"),
            new DemoFile(106, "mod_assign/introattachment/0", "Task.docx", "handout.docx"));

    private final DemoSite site;

    DemoFiles(DemoSite site) {
        this.site = site;
    }

    /**
     * One file.
     *
     * @param activity the id of its activity
     * @param place component, area and item of its address
     * @param path where it is there
     * @param resource the document it is
     */
    private record DemoFile(long activity, String place, String path, String resource) {
        String address() {
            String encoded = Arrays.stream(path.split("/"))
                    .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                    .collect(Collectors.joining("/"));
            return PREFIX + MoodlePage.Place.activity(0, activity).context() + "/" + place + "/" + encoded;
        }

        /** The path of a request for it. */
        String decodedAddress() {
            return PREFIX + MoodlePage.Place.activity(0, activity).context() + "/" + place + "/" + path;
        }
    }

    static boolean isFile(String path) {
        return path.startsWith(PREFIX);
    }

    /** The links to the files of an activity; empty when it has none. */
    String links(long activity) {
        return FILES.stream()
                .filter(file -> file.activity() == activity)
                .map(file -> "<li><a href=\"%s\">%s</a></li>"
                        .formatted(Html.text(site.link(file.address())), Html.text(file.path())))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(),
                        items -> items.isEmpty() ? "" : "<ul class=\"files\">" + items + "</ul>"));
    }

    /** The activity whose file is at this path of a request. */
    Optional<Long> activityOf(String path) {
        return FILES.stream()
                .filter(file -> file.decodedAddress().equals(path))
                .map(DemoFile::activity)
                .findFirst();
    }

    /** The file at this path of a request; one that is there. */
    WebAnswer file(String path) {
        return FILES.stream()
                .filter(file -> file.decodedAddress().equals(path))
                .map(file -> WebAnswer.file(bytes(file.resource())))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(String resource) {
        try (InputStream stream = DemoFiles.class.getResourceAsStream("files/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("The resource files/" + resource + " is missing.");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource files/" + resource + " cannot be read.", unreadable);
        }
    }
}
