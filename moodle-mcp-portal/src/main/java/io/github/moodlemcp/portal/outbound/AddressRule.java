package io.github.moodlemcp.portal.outbound;

import java.net.InetAddress;

/** Which network addresses may be connected to when a stranger named the host. */
@FunctionalInterface
public interface AddressRule {
    boolean permits(InetAddress address);

    /** Public unicast addresses alone: nothing of this machine, of its networks, or of a special use. */
    static AddressRule publicOnly() {
        return PublicAddresses::isPublic;
    }
}
