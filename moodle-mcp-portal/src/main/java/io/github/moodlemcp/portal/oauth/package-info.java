/** The OAuth authorization server: who may ask, what an authorization request must look like, and the token endpoint. */
@NullMarked
package io.github.moodlemcp.portal.oauth;

import org.jspecify.annotations.NullMarked;
