package io.github.moodlemcp.interop.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file in which blocks of HTTP stand between prose. A block is named {@code http client NAME} or {@code http
 * server NAME}: requests go out as they come in the file, and what comes back is read where the file has it. The first block
 * of a server's answer begins with its head; a later block of the same name goes on with the events of its stream. The
 * comment {@code <!-- the server stops -->} stops the server. Immutable.
 */
record Conversation(List<Part> parts) {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```http (client|server) (\\S+)\\n(.*?)^```\\n|^<!-- the server stops -->\\n");

    /** A part of the file. */
    sealed interface Part {
        /** What people read. */
        record Prose(String text) implements Part {}

        /** A request. */
        record Client(String name, String text) implements Part {}

        /** An answer, or more of it. */
        record Server(String name, String text) implements Part {
            /** The head, body and events that it shows. */
            List<String> paragraphs() {
                return List.of(text.strip().split("\\n\\n"));
            }
        }

        /** The server stops. */
        record Stop() implements Part {}
    }

    static Conversation of(String markdown) {
        List<Part> parts = new ArrayList<>();
        Matcher block = BLOCK.matcher(markdown);
        int end = 0;
        while (block.find()) {
            parts.add(new Part.Prose(markdown.substring(end, block.start())));
            end = block.end();
            if (block.group(1) == null) {
                parts.add(new Part.Stop());
            } else if (block.group(1).equals("client")) {
                parts.add(new Part.Client(block.group(2), block.group(3)));
            } else {
                parts.add(new Part.Server(block.group(2), block.group(3)));
            }
        }
        parts.add(new Part.Prose(markdown.substring(end)));
        return new Conversation(parts);
    }

    String markdown() {
        StringBuilder markdown = new StringBuilder();
        for (Part part : parts) {
            markdown.append(
                    switch (part) {
                        case Part.Prose(var text) -> text;
                        case Part.Client(var name, var text) -> "```http client " + name + "\n" + text + "```\n";
                        case Part.Server(var name, var text) -> "```http server " + name + "\n" + text + "```\n";
                        case Part.Stop() -> "<!-- the server stops -->\n";
                    });
        }
        return markdown.toString();
    }
}
