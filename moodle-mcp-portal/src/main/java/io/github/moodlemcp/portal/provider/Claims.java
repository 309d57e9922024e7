package io.github.moodlemcp.portal.provider;

import io.github.moodlemcp.portal.credential.LocalAccounts;
import io.github.moodlemcp.portal.spi.Identity;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who somebody is from what a provider said, and whether its word counts for the address. */
final class Claims {
    private static final int MAX_NAME = 80;
    private static final Set<String> GOOGLE_MAIL = Set.of("gmail.com", "googlemail.com");

    private final IdentityProvider provider;
    private final EmailDomains allowed;

    Claims(IdentityProvider provider, EmailDomains allowed) {
        this.provider = provider;
        this.allowed = allowed;
    }

    /**
     * The person, whose address is verified and let in.
     *
     * @param claims of the ID token or of the user info endpoint
     */
    VerifiedPerson person(Identity identity, Map<String, Object> claims) throws SignInException {
        String email = text(claims, "email");
        if (!LocalAccounts.isAddress(email)) {
            throw new SignInException(SignInFailure.NO_VERIFIED_EMAIL, "no_address");
        }
        if (!isVerified(claims)) {
            throw new SignInException(SignInFailure.NO_VERIFIED_EMAIL, "address_not_verified");
        }
        if (!allowed.contain(email) || allowed.isLimited() && !isOwner(email, claims)) {
            throw new SignInException(SignInFailure.NOT_ALLOWED, "domain_not_allowed");
        }
        return new VerifiedPerson(identity, email, name(text(claims, "name"), email));
    }

    private boolean isVerified(Map<String, Object> claims) {
        Object verified = claims.get("email_verified");
        if (verified != null) {
            return isYes(verified);
        }
        return provider.trustsEmail() || isYes(claims.get("xms_edov"));
    }

    /**
     * Whether the provider speaks for the owner of the address's domain today. Google verifies addresses of others once
     * and keeps them for good, also when the person has left the organisation.
     */
    private boolean isOwner(String email, Map<String, Object> claims) {
        return !provider.issuer().equals(IdentityProvider.GOOGLE)
                || !text(claims, "hd").isEmpty()
                || GOOGLE_MAIL.contains(EmailDomains.domainOf(email));
    }

    /** Some providers write truth as text or as a number. */
    private static boolean isYes(@Nullable Object claim) {
        return claim != null && Set.of("true", "1").contains(claim.toString());
    }

    private static String name(String claimed, String email) {
        String name = claimed.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
        if (name.isEmpty()) {
            return email.substring(0, email.lastIndexOf('@'));
        }
        return name.codePointCount(0, name.length()) <= MAX_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MAX_NAME));
    }

    private static String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text ? text.strip() : "";
    }
}
