package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.IDENTITIES;
import static io.github.moodlemcp.distribution.store.schema.Tables.USERS;

import io.github.moodlemcp.distribution.store.schema.tables.records.UsersRecord;
import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.LinkOutcome;
import io.github.moodlemcp.portal.spi.LinkedIdentity;
import io.github.moodlemcp.portal.spi.UnlinkOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The accounts, in {@code users} and {@code identities}. */
final class JooqAccountStore implements AccountStore {
    private final DSLContext database;

    JooqAccountStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
        Optional<AccountLookup> known = find(identity);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            Account account = new Account(UUID.randomUUID(), email, name, Rows.time(now));
            return create(identity, account) ? new AccountLookup.Created(account) : whoWasFirst(identity);
        } catch (IdentityTaken e) {
            return whoWasFirst(identity);
        }
    }

    @Override
    public Optional<Account> find(UUID id) {
        return database.selectFrom(USERS).where(USERS.ID.eq(id)).fetchOptional(JooqAccountStore::account);
    }

    @Override
    public Optional<Account> findByEmail(String email) {
        return database.selectFrom(USERS)
                .where(USERS.EMAIL_KEY.eq(emailKey(email)))
                .fetchOptional(JooqAccountStore::account);
    }

    @Override
    public List<Account> list(int limit) {
        return database.selectFrom(USERS)
                .orderBy(USERS.CREATED_AT, USERS.ID)
                .limit(limit)
                .fetch(JooqAccountStore::account);
    }

    @Override
    public LinkOutcome link(UUID accountId, Identity identity, String email, Instant now) {
        int rows = database.insertInto(IDENTITIES)
                .set(IDENTITIES.ISSUER, identity.issuer())
                .set(IDENTITIES.SUBJECT, identity.subject())
                .set(IDENTITIES.USER_ID, accountId)
                .set(IDENTITIES.EMAIL, email)
                .set(IDENTITIES.CREATED_AT, Rows.time(now))
                .onConflictDoNothing()
                .execute();
        if (rows == 1) {
            return LinkOutcome.LINKED;
        }
        boolean isTheirs = database.fetchExists(IDENTITIES, is(identity).and(IDENTITIES.USER_ID.eq(accountId)));
        return isTheirs ? LinkOutcome.ALREADY_LINKED : LinkOutcome.TAKEN;
    }

    @Override
    public UnlinkOutcome unlink(UUID accountId, Identity identity) {
        return database.transactionResult(transaction -> {
            DSLContext one = transaction.dsl();
            // Whoever unlinks from the same account waits here, so that two cannot each leave the other's.
            one.select(USERS.ID)
                    .from(USERS)
                    .where(USERS.ID.eq(accountId))
                    .forUpdate()
                    .fetch();
            Condition own = IDENTITIES.USER_ID.eq(accountId);
            if (!one.fetchExists(IDENTITIES, is(identity).and(own))) {
                return UnlinkOutcome.UNKNOWN;
            }
            Condition isOther = own.and(DSL.not(is(identity))).and(IDENTITIES.ISSUER.ne(Identity.LOCAL_ISSUER));
            if (identity.isLocal() || !one.fetchExists(IDENTITIES, isOther)) {
                return UnlinkOutcome.LAST;
            }
            one.deleteFrom(IDENTITIES).where(is(identity).and(own)).execute();
            return UnlinkOutcome.UNLINKED;
        });
    }

    @Override
    public List<LinkedIdentity> identities(UUID accountId) {
        return database.selectFrom(IDENTITIES)
                .where(IDENTITIES.USER_ID.eq(accountId))
                .orderBy(IDENTITIES.CREATED_AT, IDENTITIES.ISSUER, IDENTITIES.SUBJECT)
                .fetch(row -> new LinkedIdentity(
                        new Identity(row.getIssuer(), row.getSubject()), row.getEmail(), row.getCreatedAt()));
    }

    private static Condition is(Identity identity) {
        return IDENTITIES.ISSUER.eq(identity.issuer()).and(IDENTITIES.SUBJECT.eq(identity.subject()));
    }

    private Optional<AccountLookup> find(Identity identity) {
        return database.select(USERS)
                .from(USERS)
                .join(IDENTITIES)
                .on(IDENTITIES.USER_ID.eq(USERS.ID))
                .where(is(identity))
                .fetchOptional(row -> new AccountLookup.Found(account(row.value1())));
    }

    /** Makes account and identity together; false when the address is taken. */
    private boolean create(Identity identity, Account account) {
        return database.transactionResult(transaction -> {
            int users = transaction
                    .dsl()
                    .insertInto(USERS)
                    .set(USERS.ID, account.id())
                    .set(USERS.EMAIL, account.email())
                    .set(USERS.EMAIL_KEY, emailKey(account.email()))
                    .set(USERS.NAME, account.name())
                    .set(USERS.CREATED_AT, account.created())
                    .onConflict(USERS.EMAIL_KEY)
                    .doNothing()
                    .execute();
            if (users == 0) {
                return false;
            }
            int identities = transaction
                    .dsl()
                    .insertInto(IDENTITIES)
                    .set(IDENTITIES.ISSUER, identity.issuer())
                    .set(IDENTITIES.SUBJECT, identity.subject())
                    .set(IDENTITIES.USER_ID, account.id())
                    .set(IDENTITIES.EMAIL, account.email())
                    .set(IDENTITIES.CREATED_AT, account.created())
                    .onConflictDoNothing()
                    .execute();
            if (identities == 0) {
                throw new IdentityTaken();
            }
            return true;
        });
    }

    /** Another call made the same identity meanwhile, or the address belongs to somebody else. */
    private AccountLookup whoWasFirst(Identity identity) {
        return find(identity).orElseGet(AccountLookup.EmailTaken::new);
    }

    private static Account account(UsersRecord row) {
        return new Account(row.getId(), row.getEmail(), row.getName(), row.getCreatedAt());
    }

    private static String emailKey(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    /** Rolls the new account back. */
    private static final class IdentityTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        IdentityTaken() {
            super("The identity was made meanwhile", null, false, false);
        }
    }
}
