package io.github.moodlemcp.portal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test whose every case is an attack that is refused; {@link RefusalsTest} counts them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refusal {
    /** What is attacked. */
    Of value();

    /** What can be attacked. */
    enum Of {
        REDIRECT_ADDRESS,
        PROOF_KEY,
        AUTHORIZATION_CODE,
        REFRESH_TOKEN,
        ACCESS_TOKEN,
        EXTENSION_TOKEN,
        AUDIENCE,
        CONSENT,
        CLIENT,
        OUTBOUND_REQUEST,
        WEB_SESSION
    }
}
