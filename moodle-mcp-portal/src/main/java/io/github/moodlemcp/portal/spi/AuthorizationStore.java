package io.github.moodlemcp.portal.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The OAuth grants with their authorization codes and refresh tokens.
 *
 * <ol>
 *   <li>GRANT-1 A saved code makes its grant live; the code is redeemed once, with everything it was saved with.
 *   <li>GRANT-2 Of many redemptions at once exactly one is {@link CodeRedemption.Redeemed}.
 *   <li>GRANT-3 A second redemption revokes the grant, also after the code has expired, for as long as the grant lives.
 *   <li>GRANT-4 An unknown code, and an unspent one at or after its {@code expires}, is refused and revokes nothing.
 *   <li>GRANT-5 A refresh token can be added only to a live grant.
 *   <li>GRANT-6 Rotating a token stores the replacement in the same grant; the replacement can be rotated in turn.
 *   <li>GRANT-7 A token presented again within the grace, counted from its first rotation, is rotated once more; later
 *       it revokes the grant. The first instant after the grace is first rotation + grace.
 *   <li>GRANT-8 A token that is unknown, expired or of another client is refused, stores nothing and revokes nothing.
 *   <li>GRANT-9 Revoking a grant refuses all its codes and tokens from then on, on any node; only its owner revokes it,
 *       for others it answers false and changes nothing.
 *   <li>GRANT-10 The list has the live grants of that account only, oldest first, and only those whose code was
 *       redeemed.
 *   <li>GRANT-11 A refresh token leads to its grant for as long as that lives, also after it was rotated or has expired;
 *       no other token does.
 * </ol>
 *
 * <p>Codes that expired unspent and the grants of such codes may be removed at any time.
 */
public interface AuthorizationStore {
    /** Stores the code and its grant. */
    void saveCode(AuthorizationCode code);

    /** Spends the code. */
    CodeRedemption redeemCode(SecretHash code, Instant now);

    /** Adds the first refresh token to a grant; false, and nothing stored, when the grant is not live. */
    boolean addRefreshToken(UUID grantId, RefreshToken token);

    /**
     * Exchanges a refresh token, atomically.
     *
     * @param presented the hash of the token that the client sent
     * @param clientId the client that sent it
     * @param replacement the token that it gets instead
     * @param grace for how long after its first rotation the presented token is still taken
     */
    Rotation rotate(SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace);

    /** The live grant that a refresh token belongs to. */
    Optional<Grant> grantOf(SecretHash refreshToken);

    /** Ends the grant; false when the account has no such live grant. */
    boolean revoke(UUID accountId, UUID grantId);

    /** Whether the grant exists and was not revoked. */
    boolean isLive(UUID grantId);

    List<Grant> list(UUID accountId);
}
