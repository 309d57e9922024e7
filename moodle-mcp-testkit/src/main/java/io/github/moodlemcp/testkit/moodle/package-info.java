/**
 * The demo Moodle: a small server that behaves like Moodle 5.0 where the extension touches it;
 * begin with {@link io.github.moodlemcp.testkit.moodle.DemoMoodle}.
 */
@NullMarked
package io.github.moodlemcp.testkit.moodle;

import org.jspecify.annotations.NullMarked;
