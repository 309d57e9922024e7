package io.github.moodlemcp.testkit.moodle;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with one file, as browsers send it.
 *
 * @param fileName empty when there is none
 */
record Multipart(Map<String, String> texts, String fileName, int fileBytes) {
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

    Multipart {
        texts = Map.copyOf(texts);
    }

    /** Reads a body; one that is none has nothing in it. */
    static Multipart of(byte[] body) {
        String all = new String(body, StandardCharsets.ISO_8859_1);
        int end = all.indexOf("\r\n");
        Map<String, String> texts = new HashMap<>();
        String fileName = "";
        int fileBytes = 0;
        for (String part : end <= 0 ? new String[0] : all.split(Pattern.quote(all.substring(0, end)))) {
            int start = part.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(part);
            if (start < 0 || !name.find()) {
                continue;
            }
            String head = part.substring(0, start);
            String content = part.substring(start + 4, Math.max(start + 4, part.length() - 2));
            Matcher file = FILE.matcher(head);
            if (file.find()) {
                fileName = utf8(file.group(1));
                fileBytes = content.length();
            } else {
                texts.put(name.group(1), utf8(content));
            }
        }
        return new Multipart(texts, fileName, fileBytes);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A text, empty when it is absent. */
    String text(String name) {
        return texts.getOrDefault(name, "");
    }
}
