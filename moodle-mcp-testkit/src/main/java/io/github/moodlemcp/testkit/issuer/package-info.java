/** An OpenID Connect provider for tests, which tells the truth or a named lie; begins at {@code FakeIssuer}. */
@NullMarked
package io.github.moodlemcp.testkit.issuer;

import org.jspecify.annotations.NullMarked;
