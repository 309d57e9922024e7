package io.github.moodlemcp.portal.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostLookup {
    /** @return at least one */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** Asks as the machine is set up to. */
    static HostLookup system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
