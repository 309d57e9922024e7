package io.github.moodlemcp.testkit.moodle;

/**
 * Somebody who can log in to the demo Moodle.
 *
 * @param id the user's Moodle id, above 2
 * @param username what is typed at login, in lower case
 * @param password the password, meant to be public
 * @param name the display name
 */
public record DemoUser(long id, String username, String password, String name) {}
