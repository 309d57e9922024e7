package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.AUTHORIZATION_CODES;
import static io.github.moodlemcp.distribution.store.schema.Tables.GRANTS;
import static io.github.moodlemcp.distribution.store.schema.Tables.REFRESH_TOKENS;
import static org.jooq.impl.DSL.currentInstant;

import io.github.moodlemcp.distribution.store.schema.tables.records.AuthorizationCodesRecord;
import io.github.moodlemcp.distribution.store.schema.tables.records.GrantsRecord;
import io.github.moodlemcp.distribution.store.schema.tables.records.RefreshTokensRecord;
import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.CodeRedemption;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.RefreshToken;
import io.github.moodlemcp.portal.spi.Rotation;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record2;

/**
 * The grants, in {@code grants}, {@code authorization_codes} and {@code refresh_tokens}. Whoever changes anything of a
 * grant locks the grant's row first, so that all changes to it happen one after another.
 */
final class JooqAuthorizationStore implements AuthorizationStore {
    private final DSLContext database;

    JooqAuthorizationStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public void saveCode(AuthorizationCode code) {
        Grant grant = code.grant();
        database.transaction(transaction -> {
            DSLContext dsl = transaction.dsl();
            dsl.insertInto(GRANTS)
                    .set(GRANTS.ID, grant.id())
                    .set(GRANTS.USER_ID, grant.accountId())
                    .set(GRANTS.CLIENT_ID, grant.clientId())
                    .set(GRANTS.RESOURCE, grant.resource())
                    .set(GRANTS.SCOPE, grant.scope())
                    .set(GRANTS.LABEL, grant.label())
                    .set(GRANTS.CREATED_AT, Rows.time(grant.created()))
                    .execute();
            dsl.insertInto(AUTHORIZATION_CODES)
                    .set(AUTHORIZATION_CODES.CODE_HASH, code.hash().bytes())
                    .set(AUTHORIZATION_CODES.GRANT_ID, grant.id())
                    .set(AUTHORIZATION_CODES.REDIRECT_URI, code.redirectUri())
                    .set(AUTHORIZATION_CODES.CODE_CHALLENGE, code.codeChallenge())
                    .set(AUTHORIZATION_CODES.EXPIRES_AT, Rows.time(code.expires()))
                    .execute();
        });
    }

    @Override
    public CodeRedemption redeemCode(SecretHash hash, Instant now) {
        return database.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            Optional<Record2<GrantsRecord, AuthorizationCodesRecord>> rows = dsl.select(GRANTS, AUTHORIZATION_CODES)
                    .from(GRANTS)
                    .join(AUTHORIZATION_CODES)
                    .on(AUTHORIZATION_CODES.GRANT_ID.eq(GRANTS.ID))
                    .where(AUTHORIZATION_CODES.CODE_HASH.eq(hash.bytes()))
                    .forUpdate()
                    .of(GRANTS)
                    .fetchOptional();
            return rows.isEmpty()
                    ? new CodeRedemption.Refused()
                    : redeem(dsl, hash, rows.get().value1(), rows.get().value2(), now);
        });
    }

    @Override
    public boolean addRefreshToken(UUID grantId, RefreshToken token) {
        return database.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            Optional<GrantsRecord> grant = dsl.selectFrom(GRANTS)
                    .where(GRANTS.ID.eq(grantId))
                    .and(GRANTS.REVOKED_AT.isNull())
                    .forUpdate()
                    .fetchOptional();
            grant.ifPresent(row -> insert(dsl, grantId, token));
            return grant.isPresent();
        });
    }

    @Override
    public Rotation rotate(
            SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace) {
        return database.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            Optional<Record2<GrantsRecord, RefreshTokensRecord>> rows = dsl.select(GRANTS, REFRESH_TOKENS)
                    .from(GRANTS)
                    .join(REFRESH_TOKENS)
                    .on(REFRESH_TOKENS.GRANT_ID.eq(GRANTS.ID))
                    .where(REFRESH_TOKENS.TOKEN_HASH.eq(presented.bytes()))
                    .and(REFRESH_TOKENS.EXPIRES_AT.gt(now))
                    .and(GRANTS.CLIENT_ID.eq(clientId))
                    .and(GRANTS.REVOKED_AT.isNull())
                    .forUpdate()
                    .of(GRANTS, REFRESH_TOKENS)
                    .fetchOptional();
            return rows.isEmpty()
                    ? new Rotation.Refused()
                    : rotate(dsl, rows.get().value1(), rows.get().value2(), replacement, now, grace);
        });
    }

    @Override
    public Optional<Grant> grantOf(SecretHash refreshToken) {
        return database.select(GRANTS)
                .from(GRANTS)
                .join(REFRESH_TOKENS)
                .on(REFRESH_TOKENS.GRANT_ID.eq(GRANTS.ID))
                .where(REFRESH_TOKENS.TOKEN_HASH.eq(refreshToken.bytes()))
                .and(GRANTS.REVOKED_AT.isNull())
                .fetchOptional(row -> grant(row.value1()));
    }

    @Override
    public boolean revoke(UUID accountId, UUID grantId) {
        return database.update(GRANTS)
                        .set(GRANTS.REVOKED_AT, currentInstant())
                        .where(GRANTS.ID.eq(grantId))
                        .and(GRANTS.USER_ID.eq(accountId))
                        .and(GRANTS.REVOKED_AT.isNull())
                        .execute()
                == 1;
    }

    @Override
    public boolean isLive(UUID grantId) {
        return database.fetchExists(GRANTS, GRANTS.ID.eq(grantId).and(GRANTS.REVOKED_AT.isNull()));
    }

    @Override
    public List<Grant> list(UUID accountId) {
        return database.selectFrom(GRANTS)
                .where(GRANTS.USER_ID.eq(accountId))
                .and(GRANTS.REDEEMED_AT.isNotNull())
                .and(GRANTS.REVOKED_AT.isNull())
                .orderBy(GRANTS.CREATED_AT, GRANTS.ID)
                .fetch(JooqAuthorizationStore::grant);
    }

    private static CodeRedemption redeem(
            DSLContext dsl, SecretHash hash, GrantsRecord grant, AuthorizationCodesRecord code, Instant now) {
        if (grant.getRevokedAt() != null) {
            return new CodeRedemption.Refused();
        }
        if (grant.getRedeemedAt() != null) {
            revoke(dsl, grant);
            return new CodeRedemption.Reused(grant.getId());
        }
        if (!now.isBefore(code.getExpiresAt())) {
            return new CodeRedemption.Refused();
        }
        dsl.update(GRANTS)
                .set(GRANTS.REDEEMED_AT, Rows.time(now))
                .where(GRANTS.ID.eq(grant.getId()))
                .execute();
        return new CodeRedemption.Redeemed(new AuthorizationCode(
                hash, grant(grant), code.getRedirectUri(), code.getCodeChallenge(), code.getExpiresAt()));
    }

    private static Rotation rotate(
            DSLContext dsl,
            GrantsRecord grant,
            RefreshTokensRecord presented,
            RefreshToken replacement,
            Instant now,
            Duration grace) {
        Instant rotated = presented.getRotatedAt();
        if (rotated != null && !now.isBefore(rotated.plus(grace))) {
            revoke(dsl, grant);
            return new Rotation.Reused(grant.getId());
        }
        if (rotated == null) {
            dsl.update(REFRESH_TOKENS)
                    .set(REFRESH_TOKENS.ROTATED_AT, Rows.time(now))
                    .where(REFRESH_TOKENS.TOKEN_HASH.eq(presented.getTokenHash()))
                    .execute();
        }
        insert(dsl, grant.getId(), replacement);
        return new Rotation.Rotated(grant(grant));
    }

    private static void revoke(DSLContext dsl, GrantsRecord grant) {
        dsl.update(GRANTS)
                .set(GRANTS.REVOKED_AT, currentInstant())
                .where(GRANTS.ID.eq(grant.getId()))
                .execute();
    }

    private static void insert(DSLContext dsl, UUID grantId, RefreshToken token) {
        dsl.insertInto(REFRESH_TOKENS)
                .set(REFRESH_TOKENS.TOKEN_HASH, token.hash().bytes())
                .set(REFRESH_TOKENS.GRANT_ID, grantId)
                .set(REFRESH_TOKENS.EXPIRES_AT, Rows.time(token.expires()))
                .execute();
    }

    private static Grant grant(GrantsRecord row) {
        return new Grant(
                row.getId(),
                row.getUserId(),
                row.getClientId(),
                row.getResource(),
                row.getScope(),
                row.getLabel(),
                row.getCreatedAt());
    }
}
