package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a database's address in the form that PostgreSQL's own programs take. */
public final class DatabaseUrl {
    /** The accepted form, for messages. */
    public static final String FORM =
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with ?sslmode=, sslrootcert= or connect_timeout= if need be";

    private static final Pattern SHAPE =
            Pattern.compile("postgres(?:ql)?://([^@/?#]+)@([^@/?#]+)/([^@/?#]+)" + "(?:\\?([^#]*))?");
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
    private static final Map<String, String> PARAMETERS =
            Map.of("sslmode", "sslmode", "sslrootcert", "sslrootcert", "connect_timeout", "connectTimeout");

    private DatabaseUrl() {}

    /**
     * Reads the address.
     *
     * @throws IllegalArgumentException when it has another form; the message does not repeat the address
     */
    public static JdbcAddress parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("it does not have the form");
        }
        String host = matcher.group(2);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("the host or the port is not one");
        }
        String[] userAndPassword = matcher.group(1).split(":", 2);
        String database = decode(matcher.group(3));
        String query = matcher.group(4) == null ? "" : matcher.group(4);
        return new JdbcAddress(
                "jdbc:postgresql://" + host + "/" + encode(database) + parameters(query),
                decode(userAndPassword[0]),
                userAndPassword.length == 2 ? decode(userAndPassword[1]) : "",
                host + "/" + database);
    }

    private static String parameters(String query) {
        List<String> parameters = new ArrayList<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = part.split("=", 2);
            String name = PARAMETERS.get(pair[0]);
            if (name == null || pair.length < 2) {
                throw new IllegalArgumentException("its parameters are not among those known");
            }
            parameters.add(name + "=" + encode(decode(pair[1])));
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
