/**
 * Sign-in at identity providers by OpenID Connect: what a provider says about itself, the exchange of a code, and the
 * proof of who came back; begins at {@code OpenIdProvider}.
 */
@NullMarked
package io.github.moodlemcp.portal.provider;

import org.jspecify.annotations.NullMarked;
