package io.github.moodlemcp.portal.provider;

import java.net.IDN;
import java.util.Locale;
import java.util.Set;

/**
 * Whose addresses are let in.
 *
 * @param domains in lower case and ASCII, such as {@code example.edu}, each without its subdomains; empty for all
 */
public record EmailDomains(Set<String> domains) {
    public EmailDomains {
        domains = Set.copyOf(domains);
    }

    /** Everybody's. */
    public static EmailDomains all() {
        return new EmailDomains(Set.of());
    }

    boolean isLimited() {
        return !domains.isEmpty();
    }

    boolean contain(String email) {
        return !isLimited() || domains.contains(domainOf(email));
    }

    /** The domain of the address in lower case and ASCII; empty when it has none. */
    static String domainOf(String email) {
        try {
            return IDN.toASCII(email.substring(email.lastIndexOf('@') + 1)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
