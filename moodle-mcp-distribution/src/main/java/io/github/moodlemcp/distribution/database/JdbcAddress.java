package io.github.moodlemcp.distribution.database;

import static java.util.Objects.requireNonNull;

/**
 * Where a database is and who enters it.
 *
 * @param url for JDBC, without user and password
 * @param place names it for people, such as {@code db.example.edu:5432/moodle_mcp}
 */
public record JdbcAddress(String url, String user, String password, String place) {
    public JdbcAddress {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(place, "place");
    }

    static JdbcAddress embedded(int port, String password) {
        String place = "127.0.0.1:" + port + "/" + PostgresCluster.DATABASE;
        return new JdbcAddress(
                "jdbc:postgresql://" + place + "?sslmode=disable&gssEncMode=disable",
                PostgresCluster.USER,
                password,
                place);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return place;
    }
}
