package io.github.moodlemcp.distribution.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that are nearly good: each is made of a genuine one, and one thing is wrong with it. */
final class Forgeries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair RSA = rsa();

    private final List<Forgery> all = new ArrayList<>();

    /**
     * A way to forge.
     *
     * @param token makes the forged token of a genuine one
     */
    record Forgery(String name, Function<Genuine, String> token) {}

    /**
     * A good token, and whatever is needed to make another.
     *
     * @param secret of the service
     * @param purpose what its key is derived for
     * @param otherPurpose of the key of the other kind of tokens
     * @param otherAudience what the other kind of tokens is for
     */
    record Genuine(String token, String secret, String purpose, String otherPurpose, String otherAudience) {
        String header() {
            return part(0);
        }

        String claims() {
            return part(1);
        }

        String type() {
            return read(header()).get("typ").asText();
        }

        String content() {
            return token.substring(0, token.lastIndexOf('.'));
        }

        String signature() {
            return token.substring(token.lastIndexOf('.') + 1);
        }

        SecretKey key() {
            return PurposeKeys.of(secret).current(purpose);
        }

        /** Signed with the right key by HMAC-SHA256, whatever the header says. */
        String signed(String header, String claims) {
            return signed(header, claims, key());
        }

        String signed(String header, String claims, SecretKey with) {
            String content = encoded(header) + "." + encoded(claims);
            return content + "." + encoded(PurposeKeys.hmac(with, content.getBytes(US_ASCII)));
        }

        private String part(int index) {
            return new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), UTF_8);
        }
    }

    private Forgeries() {}

    /** All ways, each with a name of its own. */
    static List<Forgery> all() {
        Forgeries forgeries = new Forgeries();
        forgeries.algorithms();
        forgeries.types();
        forgeries.headers();
        forgeries.audiencesAndIssuers();
        forgeries.times();
        forgeries.contents();
        forgeries.signatures();
        forgeries.keys();
        forgeries.forms();
        return List.copyOf(forgeries.all);
    }

    private void algorithms() {
        add("alg none without a signature", good -> encoded(none(good)) + "." + encoded(good.claims()) + ".");
        add("alg none without the last dot", good -> encoded(none(good)) + "." + encoded(good.claims()));
        for (String name : List.of(
                "none", "None", "nOnE", "hs256", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "dir", "")) {
            header("alg \"" + name + "\" with our HS256", header -> header.put("alg", name));
        }
        header("no alg", header -> header.remove("alg"));
        header("alg null", header -> header.putNull("alg"));
        header("alg in a list", header -> header.putArray("alg").add("HS256"));
        add("HS512 with our key", good -> mac(good, "HS512", "HmacSHA512"));
        add("HS384 with our key", good -> mac(good, "HS384", "HmacSHA384"));
        add("RS256 with a key of their own", Forgeries::rs256);
        add(
                "HS256 with a public key as the secret",
                good -> good.signed(
                        good.header(),
                        good.claims(),
                        new SecretKeySpec(RSA.getPublic().getEncoded(), "HmacSHA256")));
        add("ES256 of zeros", good -> {
            String header = changed(good.header(), fields -> fields.put("alg", "ES256"));
            return encoded(header) + "." + encoded(good.claims()) + "." + encoded(new byte[64]);
        });
    }

    private void types() {
        for (String type : List.of("JWT", "jwt", "", "application/at+jwt", "AT+JWT", "BRIDGE+JWT", "secevent+jwt")) {
            header("typ \"" + type + "\"", header -> header.put("typ", type));
        }
        add("the typ of the other kind", good -> {
            String other = good.type().equals("at+jwt") ? "bridge+jwt" : "at+jwt";
            return good.signed(changed(good.header(), header -> header.put("typ", other)), good.claims());
        });
        header("no typ", header -> header.remove("typ"));
        header("typ that is a number", header -> header.put("typ", 1));
    }

    private void headers() {
        header("kid", header -> header.put("kid", "1"));
        header("kid that leads to a file", header -> header.put("kid", "../../../../dev/null"));
        header("kid that asks a database", header -> header.put("kid", "x' UNION SELECT 'a"));
        header("jku", header -> header.put("jku", "https://evil.example/keys"));
        header("jku of ours", header -> header.put("jku", "http://localhost/keys"));
        header("x5u", header -> header.put("x5u", "https://evil.example/cert"));
        header("x5c", header -> header.putArray("x5c").add("AAAA"));
        header("crit that is unknown", header -> header.putArray("crit").add("exp"));
        header("crit that is empty", header -> header.putArray("crit"));
        header("crit b64", header -> header.put("b64", false).putArray("crit").add("b64"));
        header("b64 false", header -> header.put("b64", false));
        header("zip", header -> header.put("zip", "DEF"));
        header("cty JWT", header -> header.put("cty", "JWT"));
        header("enc beside alg", header -> header.put("enc", "A256GCM"));
        header("a field nobody knows", header -> header.put("x", 1));
        add("jwk with the key that it is signed with", good -> {
            SecretKey own = new SecretKeySpec(new byte[32], "HmacSHA256");
            String header = changed(
                    good.header(),
                    fields -> fields.putObject("jwk").put("kty", "oct").put("k", encoded(own.getEncoded())));
            return good.signed(header, good.claims(), own);
        });
        add(
                "alg twice",
                good -> good.signed("{\"alg\":\"none\"," + good.header().substring(1), good.claims()));
        for (String header : List.of("[]", "null", "{}", "1", "", "{\"alg\":\"HS256\"", "\u0000")) {
            add("header " + header.replace("\u0000", "NUL"), good -> good.signed(header, good.claims()));
        }
    }

    private void audiencesAndIssuers() {
        add(
                "the audience of the other kind",
                good -> good.signed(
                        good.header(), changed(good.claims(), claims -> claims.put("aud", good.otherAudience()))));
        claim("audience of another service", claims -> claims.put("aud", "https://other.example/mcp"));
        claim(
                "audience with a slash",
                claims -> claims.put("aud", claims.get("aud").asText() + "/"));
        claim(
                "audience in capitals",
                claims -> claims.put("aud", claims.get("aud").asText().toUpperCase()));
        claim(
                "one of two audiences",
                claims -> claims.putArray("aud").add(claims.get("iss").asText()).add("https://other.example"));
        claim(
                "the issuer as audience",
                claims -> claims.put("aud", claims.get("iss").asText()));
        claim("no audience", claims -> claims.remove("aud"));
        claim("an empty list of audiences", claims -> claims.putArray("aud"));
        add("two audience claims", good -> twice(good, "aud", "\"https://other.example\""));
        claim("another issuer", claims -> claims.put("iss", "https://evil.example"));
        claim(
                "issuer with a slash",
                claims -> claims.put("iss", claims.get("iss").asText() + "/"));
        claim("no issuer", claims -> claims.remove("iss"));
    }

    private void times() {
        claim("ended an hour ago", claims -> move(claims, -7200));
        claim("ended a second ago", claims -> move(claims, -(life(claims) + 1)));
        claim("begins in an hour", claims -> move(claims, 3600));
        claim("begins in a minute", claims -> move(claims, 61));
        claim("no end", claims -> claims.remove("exp"));
        claim("no beginning", claims -> claims.remove("iat"));
        claim(
                "longer by a second",
                claims -> claims.put("exp", claims.get("exp").asLong() + 1));
        claim("a century long", claims -> claims.put("exp", claims.get("exp").asLong() + 3_155_760_000L));
        claim("end beyond all numbers", claims -> claims.put("exp", Long.MAX_VALUE));
        claim("end that is negative", claims -> claims.put("exp", -1));
        claim("end that is text", claims -> claims.put("exp", claims.get("exp").asText()));
        claim(
                "end in milliseconds",
                claims -> claims.put("exp", claims.get("exp").asLong() * 1000));
        claim("end in a list", claims -> claims.putArray("exp").add(1));
        claim(
                "not before tomorrow",
                claims -> claims.put("nbf", claims.get("iat").asLong() + 86_400));
        claim("not before a text", claims -> claims.put("nbf", "tomorrow"));
        add("two ends", good -> twice(good, "exp", "1"));
    }

    private void contents() {
        claim("no subject", claims -> claims.remove("sub"));
        claim("subject that is no account", claims -> claims.put("sub", "admin"));
        claim("no grant", claims -> claims.remove("grant"));
        claim("unknown grant", claims -> claims.put("grant", UUID.randomUUID().toString()));
        claim("grant that is a number", claims -> claims.put("grant", 1));
        claim("no scope", claims -> claims.remove("scope"));
        claim("blank scope", claims -> claims.put("scope", " "));
        claim("scopes in a list", claims -> claims.putArray("scope").add("moodle:read"));
        for (String claims : List.of("[]", "null", "{}", "1", "", "{\"iss\":")) {
            add("claims " + claims, good -> good.signed(good.header(), claims));
        }
    }

    private void signatures() {
        signature("no signature", signature -> "");
        signature("a cut signature", signature -> signature.substring(0, 42));
        signature("half a signature", signature -> signature.substring(0, 22));
        signature("a signature of zeros", signature -> "A".repeat(43));
        signature("a longer signature", signature -> signature + "A");
        signature(
                "one bit of the signature",
                signature -> (signature.charAt(0) == 'A' ? "B" : "A") + signature.substring(1));
        signature("the same signature in other letters", Forgeries::sameBytes);
        signature("a padded signature", signature -> signature + "=");
        signature("a signature with a letter of none", signature -> "*" + signature.substring(1));
        signature("a signature and another part", signature -> signature + "." + signature);
        add("the signature of another token", good -> {
            String other = good.signed(good.header(), changed(good.claims(), claims -> claims.put("jti", "x")));
            return good.content() + other.substring(other.lastIndexOf('.'));
        });
        add(
                "claims changed after signing",
                good -> encoded(good.header()) + "." + encoded(changed(good.claims(), claims -> claims.put("jti", "x")))
                        + "." + good.signature());
        add("a header that is padded", good -> {
            String[] parts = good.token().split("\\.");
            String content = parts[0] + "=." + parts[1];
            return content + "." + encoded(PurposeKeys.hmac(good.key(), content.getBytes(US_ASCII)));
        });
    }

    private void keys() {
        for (String purpose :
                List.of("form token", "sign-in at a provider", "new key on its way to its page", "mcp", "", "token")) {
            key(
                    "a key for \"" + purpose + "\"",
                    good -> PurposeKeys.of(good.secret()).current(purpose));
        }
        key("the key of the other kind", good -> PurposeKeys.of(good.secret()).current(good.otherPurpose()));
        key("the secret itself", good -> new SecretKeySpec(good.secret().getBytes(UTF_8), "HmacSHA256"));
        key(
                "the key of another service",
                good -> PurposeKeys.of("another secret that is long enough to be one")
                        .current(good.purpose()));
        key("a key of zeros", good -> new SecretKeySpec(new byte[32], "HmacSHA256"));
        key("the name of the algorithm", good -> new SecretKeySpec("HS256".getBytes(UTF_8), "HmacSHA256"));
    }

    private void forms() {
        add("encrypted instead of signed", Forgeries::encrypted);
        add(
                "a token in a token",
                good -> good.signed(changed(good.header(), header -> header.put("cty", "JWT")), good.token()));
        claim("too long", claims -> claims.put("padding", "x".repeat(4500)));
        add(
                "as JSON",
                good -> "{\"payload\":\"" + good.token().split("\\.")[1] + "\",\"signature\":\"" + good.signature()
                        + "\"}");
        add("with percents", good -> good.token().replace(".", "%2E"));
        add("twice", good -> good.token() + "." + good.token());
        add("with a comma", good -> good.token() + "," + good.token());
        add("its claims alone", good -> good.token().split("\\.")[1]);
        add("dots", good -> "..");
        add("an API key of nobody", good -> "mmcp_" + "A".repeat(49));
        add(
                "base64 of the other alphabet",
                good -> Base64.getEncoder().encodeToString(good.token().getBytes(US_ASCII)));
    }

    private void add(String name, Function<Genuine, String> token) {
        all.add(new Forgery(name, token));
    }

    private void header(String name, Consumer<ObjectNode> change) {
        add("header: " + name, good -> good.signed(changed(good.header(), change), good.claims()));
    }

    private void claim(String name, Consumer<ObjectNode> change) {
        add("claims: " + name, good -> good.signed(good.header(), changed(good.claims(), change)));
    }

    private void signature(String name, Function<String, String> change) {
        add(name, good -> good.content() + "." + change.apply(good.signature()));
    }

    private void key(String name, Function<Genuine, SecretKey> key) {
        add("signed with " + name, good -> good.signed(good.header(), good.claims(), key.apply(good)));
    }

    private static String none(Genuine good) {
        return changed(good.header(), header -> header.put("alg", "none"));
    }

    private static void move(ObjectNode claims, long seconds) {
        claims.put("iat", claims.get("iat").asLong() + seconds);
        claims.put("exp", claims.get("exp").asLong() + seconds);
    }

    private static long life(ObjectNode claims) {
        return claims.get("exp").asLong() - claims.get("iat").asLong();
    }

    private static String twice(Genuine good, String claim, String value) {
        return good.signed(
                good.header(),
                "{\"" + claim + "\":" + value + "," + good.claims().substring(1));
    }

    /** Of 43 letters the last has two bits that no byte has. */
    private static String sameBytes(String signature) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = letters.indexOf(signature.charAt(42));
        return signature.substring(0, 42) + letters.charAt(last ^ 1);
    }

    private static String mac(Genuine good, String name, String algorithm) {
        String header = changed(good.header(), fields -> fields.put("alg", name));
        String content = encoded(header) + "." + encoded(good.claims());
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(good.key());
            return content + "." + encoded(mac.doFinal(content.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rs256(Genuine good) {
        String header = changed(good.header(), fields -> fields.put("alg", "RS256"));
        String content = encoded(header) + "." + encoded(good.claims());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(RSA.getPrivate());
            signature.update(content.getBytes(US_ASCII));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWE (RFC 7516) of the right claims under the right key. */
    private static String encrypted(Genuine good) {
        String header = encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"" + good.type() + "\"}");
        byte[] nonce = new byte[12];
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(good.key().getEncoded(), "AES"),
                    new GCMParameterSpec(128, nonce));
            cipher.updateAAD(header.getBytes(US_ASCII));
            byte[] sealed = cipher.doFinal(good.claims().getBytes(UTF_8));
            int text = sealed.length - 16;
            return header + ".." + encoded(nonce) + "." + encoded(java.util.Arrays.copyOf(sealed, text)) + "."
                    + encoded(java.util.Arrays.copyOfRange(sealed, text, sealed.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String changed(String json, Consumer<ObjectNode> change) {
        ObjectNode object = read(json);
        change.accept(object);
        return object.toString();
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
