package io.github.moodlemcp.portal.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public unicast addresses. Judged by the bytes of a resolved address and never by how somebody writes it; the
 * platform's own tests know too few of the ranges.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special-purpose IPv4 addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA's special-purpose IPv6 addresses</a>
 */
final class PublicAddresses {
    private static final Range IPV6_UNICAST = Range.of("2000::/3");

    private static final List<Range> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "2620:4f:8000::/48",
                    "3fff::/20")
            .map(Range::of)
            .toList();

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        boolean isUnicast = address instanceof Inet4Address || IPV6_UNICAST.holds(address);
        return isUnicast && SPECIAL.stream().noneMatch(range -> range.holds(address));
    }

    /** @param bits how many bits from the left are the same in the whole range */
    private record Range(InetAddress first, int bits) {
        static Range of(String notation) {
            int slash = notation.indexOf('/');
            try {
                InetAddress first = InetAddress.getByName(notation.substring(0, slash));
                return new Range(first, Integer.parseInt(notation.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("An address in numbers needs no look-up", e);
            }
        }

        boolean holds(InetAddress address) {
            byte[] mine = first.getAddress();
            byte[] other = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
