/** The rules of the portal's stores: extend a contract for your store. */
@NullMarked
package io.github.moodlemcp.testkit.portal;

import org.jspecify.annotations.NullMarked;
