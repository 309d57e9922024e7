package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.SPENT_SIGN_INS;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import java.time.Instant;
import org.jooq.DSLContext;

/** The states that came back from identity providers, in {@code spent_sign_ins}. */
final class JooqSignInStateStore implements SignInStateStore {
    private final DSLContext database;

    JooqSignInStateStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public boolean spend(SecretHash state, Instant expires) {
        return database.insertInto(SPENT_SIGN_INS)
                        .set(SPENT_SIGN_INS.STATE_HASH, state.bytes())
                        .set(SPENT_SIGN_INS.EXPIRES_AT, Rows.time(expires))
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }
}
