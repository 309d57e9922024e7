package io.github.moodlemcp.portal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.moodlemcp.portal.memory.InMemorySignInStateStore;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientAssertionsTest {
    private static final URI ISSUER = URI.create("https://mcp.example.org");
    private static final String CLIENT = "https://client.example/document";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private final SignInStateStore spent = new InMemorySignInStateStore();
    private ECKey key;
    private JWKSet keys;

    @BeforeEach
    void makeKey() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        keys = new JWKSet(key.toPublicJWK());
    }

    @Test
    void aStatementThatWasSpentAtOneNodeIsSpentAtAll() throws JOSEException {
        SignedJWT statement = signed("one", Duration.ofMinutes(1));

        assertThat(node(spent).isGood(CLIENT, statement, keys)).isTrue();
        assertThat(node(spent).isGood(CLIENT, statement, keys)).isFalse();
        assertThat(node(spent).isGood(CLIENT, signed("two", Duration.ofMinutes(1)), keys))
                .isTrue();
    }

    @Test
    void whatIsRefusedIsNotSpent() throws JOSEException {
        SignedJWT tooLong = signed("one", Duration.ofMinutes(12));

        assertThat(node(spent).isGood(CLIENT, tooLong, keys)).isFalse();
        assertThat(node(spent).isGood(CLIENT, signed("one", Duration.ofMinutes(1)), keys))
                .isTrue();
    }

    @Test
    void aStoreThatFailsIsNoWrongStatement() throws JOSEException {
        SignInStateStore broken = (state, expires) -> {
            throw new IllegalStateException("no database");
        };
        SignedJWT statement = signed("one", Duration.ofMinutes(1));

        assertThatThrownBy(() -> node(broken).isGood(CLIENT, statement, keys)).hasMessage("no database");
    }

    private static ClientAssertions node(SignInStateStore store) {
        return new ClientAssertions(Set.of(ISSUER), store, CLOCK);
    }

    private SignedJWT signed(String id, Duration life) throws JOSEException {
        SignedJWT statement = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new JWTClaimsSet.Builder()
                        .issuer(CLIENT)
                        .subject(CLIENT)
                        .audience(ISSUER.toString())
                        .jwtID(id)
                        .expirationTime(Date.from(CLOCK.instant().plus(life)))
                        .build());
        statement.sign(new ECDSASigner(key));
        return statement;
    }
}
