package io.github.moodlemcp.portal.provider;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which issuer a token may name. */
sealed interface IssuerRule {
    /** Where the tenant's id stands in the issuer of Microsoft Entra's documents for many tenants. */
    String TENANT = "{tenantid}";

    /**
     * @param issuer the issuer that a token or an answer names
     * @param tenant the tenant that the token names; null for none
     */
    boolean accepts(String issuer, @Nullable String tenant);

    /** This one, letter by letter. */
    record Exactly(String issuer) implements IssuerRule {
        public Exactly {
            requireNonNull(issuer, "issuer");
        }

        @Override
        public boolean accepts(String named, @Nullable String tenant) {
            return issuer.equals(named);
        }
    }

    /** That of the tenant which the token names. */
    record OfTenant(String template) implements IssuerRule {
        private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

        public OfTenant {
            requireNonNull(template, "template");
        }

        @Override
        public boolean accepts(String named, @Nullable String tenant) {
            return tenant != null
                    && ID.matcher(tenant).matches()
                    && template.replace(TENANT, tenant).equals(named);
        }
    }
}
