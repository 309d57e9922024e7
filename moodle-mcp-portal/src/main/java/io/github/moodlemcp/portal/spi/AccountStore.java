package io.github.moodlemcp.portal.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The accounts and the identities that lead to them.
 *
 * <ol>
 *   <li>ACCOUNT-1 An identity that is not known makes a new account with a new id, and is bound to it.
 *   <li>ACCOUNT-2 A known identity finds its account again, whatever e-mail address and name come with it; the account
 *       stays as it was.
 *   <li>ACCOUNT-3 Issuer and subject are compared exactly; the same subject of another issuer is somebody else.
 *   <li>ACCOUNT-4 An unknown identity with an e-mail address that an account has already, compared without regard to
 *       case, is refused with {@link AccountLookup.EmailTaken} and changes nothing.
 *   <li>ACCOUNT-5 Many calls at once for one new identity make exactly one account, and one of them sees
 *       {@link AccountLookup.Created}.
 *   <li>ACCOUNT-6 An account is found by its id and by its e-mail address without regard to case; unknown ones are
 *       empty.
 *   <li>ACCOUNT-7 The list has the oldest account first and no more than the limit.
 *   <li>ACCOUNT-8 A linked identity finds the account, which stays as it was. Linking it again changes nothing, and an
 *       identity of another account is {@link LinkOutcome#TAKEN}.
 *   <li>ACCOUNT-9 Of many accounts that link one identity at once, exactly one gets it.
 *   <li>ACCOUNT-10 The identities of an account are listed oldest first, each with the address that came with it, the
 *       one that made the account among them, and none of another account.
 *   <li>ACCOUNT-11 An unlinked identity finds the account no more. One that does not lead to the account is {@link
 *       UnlinkOutcome#UNKNOWN} and keeps its own.
 *   <li>ACCOUNT-12 The last identity of an issuer is never unlinked, also when all are unlinked at once; those of {@link
 *       Identity#LOCAL_ISSUER} are not counted and never unlinked.
 * </ol>
 */
public interface AccountStore {
    /** Finds the account of the identity, or makes it with this address and name. */
    AccountLookup findOrCreate(Identity identity, String email, String name, Instant now);

    Optional<Account> find(UUID id);

    Optional<Account> findByEmail(String email);

    /**
     * Lets a further identity lead to an account that exists. Whoever calls it has proof that one person has both.
     *
     * @param email what tells the owner which identity it is
     */
    LinkOutcome link(UUID accountId, Identity identity, String email, Instant now);

    /** Lets the identity lead to the account no more. */
    UnlinkOutcome unlink(UUID accountId, Identity identity);

    /** The identities that lead to the account, oldest first. */
    List<LinkedIdentity> identities(UUID accountId);

    /** The first accounts, oldest first. */
    List<Account> list(int limit);
}
