package io.github.moodlemcp.distribution.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.issuer.BrowserVisit;
import io.github.moodlemcp.testkit.issuer.FakeIssuer;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person signs in, connects a browser and an app, and an assistant works: all that secrets are made for. */
final class Day {
    static final String ORIGIN = "chrome-extension://hmbhfmhalpcgecgadelbgdnlakjnbdag";

    static final Canary ARGUMENT = new Canary("argument of a tool", "W\u00f6rter <des> Fragenden & \"mehr\", 83c1");
    static final Canary POST =
            new Canary("post of a forum", "Liebe Gruppe, das \"Geheimnis\" hei\u00dft Zuckerwatte & <mehr>");
    static final Canary NAME = new Canary("name of a student", "Zo\u00eb Quitterbaum-Amadi");
    static final Canary EMAIL = new Canary("address of a student", "zoe.quitt+4417@students.example.edu");

    private static final String EXTENSION_CALLBACK = "https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org/";
    private static final String APP_CALLBACK = "http://127.0.0.1:4711/callback";
    private static final Pattern KEY = Pattern.compile("mmcp_[0-9A-Za-z]{49}");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&\\s]+)");
    private static final Pattern LINK = Pattern.compile("http\\S+/sign-in\\?link=(\\S+)");

    private final LoudService service;
    private final FakeIssuer issuer;
    private final BrowserVisit person;
    private final List<Canary> canaries = new ArrayList<>(List.of(ARGUMENT, POST, NAME, EMAIL));
    private String key = "";
    private String link = "";
    private String appCode = "";
    private String appClient = "";
    private JsonNode app = JsonNodeFactory.instance.nullNode();
    private JsonNode extension = JsonNodeFactory.instance.nullNode();

    Day(LoudService service, FakeIssuer issuer) {
        this.service = service;
        this.issuer = issuer;
        this.person = new BrowserVisit(service.base());
    }

    /** Lives it. */
    void live() throws IOException, InterruptedException {
        signIn();
        extension = connect("moodle-mcp-extension", EXTENSION_CALLBACK, "bridge", service.webSocket(), "extension");
        appClient = register();
        app = connect(appClient, APP_CALLBACK, "moodle:read", URI.create(service.base() + "/mcp"), "app");
        useLinks();
        work();
    }

    /** Everything that must be found nowhere. */
    List<Canary> canaries() {
        return List.copyOf(canaries);
    }

    void add(Canary canary) {
        canaries.add(canary);
    }

    String key() {
        return key;
    }

    /** A link that was used. */
    String link() {
        return link;
    }

    /** A code that was redeemed, by {@link #appClient()}. */
    String appCode() {
        return appCode;
    }

    String appClient() {
        return appClient;
    }

    String appToken(String kind) {
        return app.required(kind).asText();
    }

    String extensionToken() {
        return extension.required("access_token").asText();
    }

    /** The signed-in person's browser. */
    BrowserVisit person() {
        return person;
    }

    private void signIn() {
        Matcher shown = KEY.matcher(person.open("/sign-in/uni").body());
        if (!shown.find()) {
            throw new AssertionError("No key was shown");
        }
        key = shown.group();
        add(Canary.secret("API key", key));
        add(Canary.secret("cookie of a web session", person.cookie("moodle_mcp_session")));
        List<String> given = issuer.secrets();
        add(Canary.secret("code of the issuer", given.get(0)));
        add(Canary.secret("access token of the issuer", given.get(1)));
        add(Canary.token("ID token", given.get(2)));
        add(Canary.secret("client secret", issuer.clientSecret()));
    }

    private JsonNode connect(String client, String callback, String scope, URI resource, String name)
            throws IOException {
        String verifier =
                Base64.getUrlEncoder().withoutPadding().encodeToString((UUID.randomUUID() + name).getBytes(UTF_8));
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", client);
        request.put("redirect_uri", callback);
        request.put("scope", scope);
        request.put("state", "state-of-" + name);
        request.put("code_challenge", challenge(verifier));
        request.put("code_challenge_method", "S256");
        request.put("resource", resource.toString());
        Map<String, String> decision = new LinkedHashMap<>(Map.of("decision", "allow"));
        Matcher field =
                HIDDEN.matcher(person.open("/authorize?" + form(request)).body());
        while (field.find()) {
            decision.put(field.group(1), field.group(2).replace("&amp;", "&"));
        }
        add(Canary.secret("form token", decision.get("form_token")));
        HttpResponse<String> back = person.post("/authorize", decision);
        String code = codeIn(back.headers()
                .firstValue("Location")
                .or(() -> back.headers().firstValue("Refresh"))
                .orElseThrow());
        JsonNode first = token(Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "code", code,
                "code_verifier", verifier,
                "redirect_uri", callback));
        JsonNode second = token(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                client,
                "refresh_token",
                first.required("refresh_token").asText()));
        appCode = code;
        add(Canary.secret("code verifier of the " + name, verifier));
        add(Canary.secret("authorization code of the " + name, code));
        for (JsonNode tokens : List.of(first, second)) {
            add(Canary.token(
                    "access token of the " + name,
                    tokens.required("access_token").asText()));
            add(Canary.secret(
                    "refresh token of the " + name,
                    tokens.required("refresh_token").asText()));
        }
        return second;
    }

    private String register() throws IOException {
        String metadata = "{\"client_name\":\"Any App\",\"redirect_uris\":[\"http://127.0.0.1/callback\"]}";
        McpTestClient.Answer answer =
                new McpTestClient(URI.create(service.base() + "/register"), "").post(metadata, Map.of());
        return answer.body().required("client_id").asText();
    }

    private void useLinks() throws IOException, InterruptedException {
        Matcher printed = LINK.matcher(service.command("sign-in-link", "--email", "owner@example.edu"));
        if (!printed.find()) {
            throw new AssertionError("No link was printed");
        }
        link = printed.group(1);
        add(Canary.secret("one-time link", link));
        BrowserVisit owner = new BrowserVisit(service.base());
        if (owner.open(URI.create(printed.group())).statusCode() != 200) {
            throw new AssertionError("The link did not sign in");
        }
        add(Canary.secret("cookie of the owner", owner.cookie("moodle_mcp_session")));
        add(Canary.secret(
                "key of the operator",
                service.command("create-key", "--email", "owner@example.edu").strip()));
    }

    private void work() {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("text", POST.text());
        result.putObject("author").put("name", NAME.text()).put("email", EMAIL.text());
        try (ScriptedExtension browser = browser(run -> new ExtensionFrame.Reply(run.command(), result))) {
            for (String token : List.of(key, appToken("access_token"))) {
                String answer = call(token).body().toString();
                if (!answer.contains("Quitterbaum")) {
                    throw new AssertionError("The tool did not answer: " + answer);
                }
            }
        }
    }

    /** The person's browser, connected. */
    ScriptedExtension browser(ScriptedExtension.Script script) {
        SiteState site = new SiteState("moodle.example.edu", "https://moodle.example.edu", "signed_in", 6L, null);
        return ScriptedExtension.open(service.webSocket(), ORIGIN, extensionToken(), script)
                .introduce(ScriptedExtension.hello(
                        UUID.randomUUID().toString(),
                        "Chromium",
                        List.of(site),
                        List.of("get_status", "read_file"),
                        List.of()));
    }

    /** Calls a tool with the arguments that must be found nowhere. */
    McpTestClient.Answer call(String token) {
        ObjectNode arguments = JsonNodeFactory.instance
                .objectNode()
                .put("file", "folder-9/" + ARGUMENT.text())
                .put("find", ARGUMENT.text());
        return new McpTestClient(URI.create(service.base() + "/mcp"), token).callTool("read_file", arguments);
    }

    private JsonNode token(Map<String, String> fields) throws IOException {
        return new ObjectMapper().readTree(person.post("/token", fields).body());
    }

    private static String codeIn(String address) {
        Matcher code = CODE.matcher(address);
        if (!code.find()) {
            throw new AssertionError("No code came back");
        }
        return URLDecoder.decode(code.group(1), UTF_8);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
