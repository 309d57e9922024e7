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
 * </ol>
 */
public interface AccountStore {
    /** Finds the account of the identity, or makes it with this address and name. */
    AccountLookup findOrCreate(Identity identity, String email, String name, Instant now);

    Optional<Account> find(UUID id);

    Optional<Account> findByEmail(String email);

    /** The first accounts, oldest first. */
    List<Account> list(int limit);
}
