package io.github.moodlemcp.testkit.issuer;

/** How a fake issuer deceives. A service that signs somebody in after one of these, {@link #NONE} aside, has a
 * hole. */
public enum IssuerLie {
    /** None: everything is true. */
    NONE,

    /** The discovery document names another issuer. */
    DISCOVERY_OF_ANOTHER_ISSUER,
    /** The page to sign in at is on another host. */
    SIGN_IN_PAGE_ELSEWHERE,
    /** The token endpoint is on another host. */
    TOKEN_ENDPOINT_ELSEWHERE,
    /** The keys are on another host. */
    KEYS_ELSEWHERE,
    /** The endpoints are on another host and not encrypted. */
    ENDPOINTS_UNENCRYPTED,
    /** The endpoints have a user and a password in their addresses. */
    ENDPOINTS_WITH_USER,
    /** Tokens are said to be signed with shared secrets or not at all. */
    ONLY_WEAK_ALGORITHMS,
    /** The discovery document is a web page. */
    DISCOVERY_IS_A_PAGE,
    /** The discovery document is cut off. */
    DISCOVERY_BROKEN,
    /** The discovery document has no end. */
    DISCOVERY_HUGE,
    /** The discovery document comes a byte at a time. */
    DISCOVERY_SLOW,
    /** The discovery document is somewhere else, says a redirect. */
    DISCOVERY_REDIRECTS,
    /** The issuer has broken down. */
    DISCOVERY_FAILS,

    /** The person says no. */
    PERSON_DENIES,
    /** The issuer reports a problem, in words that should not be shown. */
    REPORTS_A_PROBLEM,
    /** The redirect names another issuer. */
    ANSWER_OF_ANOTHER_ISSUER,
    /** The redirect names no issuer, although the discovery document says it does. */
    ANSWER_WITHOUT_ISSUER,
    /** The redirect has no state. */
    NO_STATE,
    /** The redirect has the state of another sign-in. */
    SWAPPED_STATE,
    /** The redirect has its state twice. */
    STATE_TWICE,
    /** The redirect has no code. */
    NO_CODE,
    /** The code is an earlier person's. */
    CODE_OF_ANOTHER,

    /** The token endpoint does not know the code. */
    CODE_REFUSED,
    /** The token endpoint does not know the client. */
    CLIENT_REFUSED,
    /** The token endpoint reports a problem, in words that should not be shown. */
    TOKEN_ENDPOINT_REPORTS,
    /** The token endpoint sends a web page. */
    TOKEN_ENDPOINT_SENDS_A_PAGE,
    /** The token endpoint has broken down. */
    TOKEN_ENDPOINT_FAILS,
    /** The token endpoint sends a little that unpacks to very much. */
    TOKEN_ENDPOINT_SENDS_A_BOMB,
    /** The token endpoint wants the code sent to somebody else. */
    TOKEN_ENDPOINT_REDIRECTS,
    /** The token endpoint does not end its answer. */
    TOKEN_ENDPOINT_SLOW,
    /** The answer has no ID token. */
    NO_ID_TOKEN,
    /** The ID token is none. */
    NOT_A_TOKEN,
    /** The ID token is very long. */
    HUGE_TOKEN,

    /** The set of keys has no end. */
    KEYS_HUGE,
    /** The set of keys comes a byte at a time. */
    KEYS_SLOW,
    /** The set of keys is cut off. */
    KEYS_BROKEN,
    /** The set of keys is somewhere else, says a redirect. */
    KEYS_REDIRECT,
    /** The set has no key. */
    NO_KEYS,
    /** Two keys have one id. */
    TWO_KEYS_WITH_ONE_ID,
    /** The key is short enough to be broken. */
    WEAK_KEY,

    /** The token is not signed and says so. */
    ALGORITHM_NONE,
    /** The token's signature was cut off. */
    SIGNATURE_CUT_OFF,
    /** The token is signed with a shared secret that is the public key. */
    HMAC_WITH_THE_PUBLIC_KEY,
    /** The token is signed with the client's secret. */
    HMAC_WITH_THE_CLIENT_SECRET,
    /** The token's key is not in the set. */
    UNKNOWN_KEY,
    /** The token is signed with another key than it names. */
    SWAPPED_KEY,
    /** The token brings its own key. */
    KEY_IN_HEADER,
    /** The token says where its key is. */
    KEY_BY_ADDRESS,
    /** The token says where its certificate is. */
    CERTIFICATE_BY_ADDRESS,
    /** The token has two signatures, one of them good. */
    TWO_SIGNATURES,
    /** The token was changed after it was signed. */
    CHANGED_CLAIMS,
    /** The token demands that something unknown be understood. */
    UNKNOWN_CRITICAL_HEADER,
    /** The token is an access token. */
    TOKEN_OF_ANOTHER_TYPE,

    /** The token is another issuer's. */
    WRONG_ISSUER,
    /** The token's issuer has a slash more. */
    ISSUER_WITH_A_SLASH,
    /** The token is for another client. */
    WRONG_AUDIENCE,
    /** The token is for nobody. */
    NO_AUDIENCE,
    /** The token is for another client too, and does not say which of the two asked for it. */
    SECOND_AUDIENCE,
    /** Another client asked for the token. */
    WRONG_AUTHORIZED_PARTY,
    /** The token is over. */
    EXPIRED,
    /** The token is never over. */
    NO_EXPIRY,
    /** The token was made in the future. */
    ISSUED_IN_THE_FUTURE,
    /** The token does not say when it was made. */
    NO_ISSUE_TIME,
    /** The token does not count yet. */
    NOT_VALID_YET,
    /** The token was made for another sign-in. */
    WRONG_NONCE,
    /** The token does not say for which sign-in it was made. */
    NO_NONCE,
    /** The token belongs to another access token. */
    WRONG_ACCESS_TOKEN_HASH,
    /** The token names nobody. */
    NO_SUBJECT,
    /** The token names somebody without a name. */
    EMPTY_SUBJECT,
    /** The token names somebody with a very long name. */
    HUGE_SUBJECT,
    /** The token names the person in capitals: somebody else. */
    SUBJECT_IN_CAPITALS,

    /** The person has no address. */
    NO_MAIL,
    /** The person's address is no address. */
    NOT_AN_ADDRESS,
    /** The person has not verified the address. */
    MAIL_NOT_VERIFIED,
    /** Nobody says whether the person has verified the address. */
    MAIL_PERHAPS_VERIFIED,
    /** The user info is another person's. */
    USER_INFO_OF_ANOTHER
}
