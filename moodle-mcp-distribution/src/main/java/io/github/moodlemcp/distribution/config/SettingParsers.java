package io.github.moodlemcp.distribution.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.distribution.config.Config.AuthSecret;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.web.PublicAddress;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Each turns a setting's text into its value, or throws {@code IllegalArgumentException} when it has another form. */
final class SettingParsers {
    private static final Pattern ADDRESS =
            Pattern.compile("localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern EXTENSION_ID = Pattern.compile("[a-p]{32}");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+");
    private static final int MAX_PORT = 65535;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,7}");
    private static final int MAX_COUNT = 1_000_000;
    private static final Pattern BYTES = Pattern.compile("[0-9]{1,18}");
    private static final long MIN_BYTES = 1 << 20;

    private SettingParsers() {}

    static InetAddress bindAddress(String text) {
        check(ADDRESS.matcher(text).matches());
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static int port(String text) {
        check(PORT.matcher(text).matches());
        int port = Integer.parseInt(text);
        check(port >= 1 && port <= MAX_PORT);
        return port;
    }

    static int perMinute(String text) {
        check(COUNT.matcher(text).matches());
        int count = Integer.parseInt(text);
        check(count <= MAX_COUNT);
        return count;
    }

    static URI publicUrl(String text) {
        URI base = new PublicAddress(URI.create(text)).base();
        check(base.getScheme().equals("https") || PublicAddress.isLoopback(base));
        return base;
    }

    static URI webSocketUrl(String text) {
        URI url = URI.create(text);
        check(url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getPath().length() > 1);
        check("wss".equals(url.getScheme()) || "ws".equals(url.getScheme()) && PublicAddress.isLoopback(url));
        return url;
    }

    static URI webSocketOf(URI publicUrl) {
        return new PublicAddress(publicUrl).webSocket();
    }

    static Path folder(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    static AuthSecret.Given authSecret(String text) {
        check(text.getBytes(UTF_8).length >= PurposeKeys.MIN_SECRET_BYTES);
        return new AuthSecret.Given(text);
    }

    static Set<String> extensionIds(String text) {
        Set<String> ids = new LinkedHashSet<>();
        for (String id : text.split(",", -1)) {
            check(EXTENSION_ID.matcher(id.strip()).matches());
            ids.add(id.strip());
        }
        return ids;
    }

    static int count(String text) {
        check(COUNT.matcher(text).matches());
        int count = Integer.parseInt(text);
        check(count >= 1 && count <= MAX_COUNT);
        return count;
    }

    static long bytes(String text) {
        check(BYTES.matcher(text).matches());
        long bytes = Long.parseLong(text);
        check(bytes >= MIN_BYTES);
        return bytes;
    }

    static List<AddressRange> addressRanges(String text) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String range : text.split(",", -1)) {
            ranges.add(AddressRange.parse(range.strip()));
        }
        return ranges;
    }

    static EmailDomains emailDomains(String text) {
        return new EmailDomains(hosts(text));
    }

    /** Host names in lower case and ASCII. */
    static Set<String> hosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String host : text.split(",", -1)) {
            String ascii = IDN.toASCII(host.strip()).toLowerCase(Locale.ROOT);
            check(DOMAIN.matcher(ascii).matches());
            hosts.add(ascii);
        }
        return hosts;
    }

    static URI issuer(String text) {
        URI issuer = URI.create(text);
        check("https".equals(issuer.getScheme())
                || "http".equals(issuer.getScheme()) && PublicAddress.isLoopback(issuer));
        return issuer;
    }

    static boolean yesOrNo(String text) {
        check(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    private static void check(boolean isGood) {
        if (!isGood) {
            throw new IllegalArgumentException();
        }
    }
}
