package io.github.moodlemcp.interop.conversation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is another in each conversation, by the names it has in the file, such as <code>{{session}}</code>. For one thread. */
final class Placeholders {
    private static final Pattern USE = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

    /** Where the server makes something up: the name, then what comes before it, it, and what comes after it. */
    private static final Map<String, Pattern> MADE_UP = patterns();

    private final Map<String, String> valueByName = new LinkedHashMap<>();

    Placeholders(String key) {
        valueByName.put("key", key);
    }

    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        patterns.put("session", Pattern.compile("(?<=Mcp-Session-Id: )\\S+"));
        patterns.put("address", Pattern.compile("/mcp/messages\\?sessionId=[^\\s\"]+"));
        patterns.put("state", Pattern.compile("(?<=\"requestState\": ?\")[^\"]+"));
        patterns.put("task", Pattern.compile("(?<=\"taskId\": ?\")[^\"]+"));
        patterns.put("question", Pattern.compile("(?<=\"id\": ?\")[0-9a-f]{32}(?=\")"));
        patterns.put("time", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"));
        return patterns;
    }

    /** The text with values for names. */
    String filled(String text) {
        return USE.matcher(text).replaceAll(use -> {
            String value = valueByName.get(use.group(1));
            if (value == null) {
                throw new AssertionError("Nothing of this name was said before: " + use.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The text with names for values; a value that is new gets a name. */
    String blanked(String text) {
        String blanked = text;
        for (Map.Entry<String, Pattern> madeUp : MADE_UP.entrySet()) {
            blanked = madeUp.getValue()
                    .matcher(blanked)
                    .replaceAll(made -> "{{" + nameOf(madeUp.getKey(), made.group()) + "}}");
        }
        for (Map.Entry<String, String> known : valueByName.entrySet()) {
            blanked = blanked.replace(known.getValue(), "{{" + known.getKey() + "}}");
        }
        return blanked;
    }

    private String nameOf(String kind, String value) {
        if (kind.equals("time")) {
            return kind;
        }
        for (Map.Entry<String, String> known : valueByName.entrySet()) {
            if (known.getValue().equals(value)) {
                return known.getKey();
            }
        }
        String name = kind;
        for (int i = 2; valueByName.containsKey(name); i++) {
            name = kind + "-" + i;
        }
        valueByName.put(name, value);
        return name;
    }
}
