/** The frames between the service and the browser extension; {@code docs/reference/bridge-protocol.md} is the contract. */
@NullMarked
package io.github.moodlemcp.protocol.bridge;

import org.jspecify.annotations.NullMarked;
