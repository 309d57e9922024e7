package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /lib/ajax/service.php} and its sibling for callers without a session. */
final class AjaxEndpoint {
    /** Functions that Moodle has but does not offer to pages. */
    private static final Set<String> NOT_AJAX = Set.of(
            "core_webservice_get_site_info",
            "core_course_get_contents",
            "core_course_get_course_module",
            "mod_assign_get_assignments",
            "mod_assign_get_submission_status",
            "mod_assign_save_submission",
            "mod_forum_get_forum_discussions",
            "mod_quiz_get_user_attempts");

    private final DemoSite site;
    private final TrafficRecorder traffic;
    private final Map<String, AjaxFunction> functions;

    AjaxEndpoint(DemoSite site, TrafficRecorder traffic, List<AjaxFunction> functions) {
        this.site = site;
        this.traffic = traffic;
        this.functions =
                functions.stream().collect(Collectors.toUnmodifiableMap(AjaxFunction::name, Function.identity()));
    }

    /** Answers a batch; the first failing call ends it. */
    WebAnswer service(WebRequest request, MoodleSession session) {
        return answer(request.body(), new Door(session, request.parameter("sesskey"), true, prolongs(request)));
    }

    /** Answers a batch of functions that need no login; a failing call does not end it. */
    WebAnswer serviceWithoutLogin(WebRequest request) {
        String arguments = request.parameter("args");
        byte[] batch = arguments.isEmpty() ? request.body() : arguments.getBytes(StandardCharsets.UTF_8);
        return answer(batch, new Door(MoodleSession.nobody(), "", false, false));
    }

    static boolean prolongs(WebRequest request) {
        return request.parameter("nosessionupdate").isEmpty()
                || request.parameter("nosessionupdate").equals("0");
    }

    /** What came with the batch. */
    private record Door(MoodleSession session, String sesskey, boolean stopsAtError, boolean prolongs) {}

    private WebAnswer answer(byte[] body, Door door) {
        JsonNode batch = PhpJson.read(body);
        if (batch == null) {
            return bareError(AjaxError.CODING_ERROR);
        }
        if (!batch.isArray()) {
            return bareError(AjaxError.GENERAL);
        }
        Map<Long, JsonNode> answers = new TreeMap<>();
        List<Long> order = new ArrayList<>();
        for (JsonNode call : batch) {
            String name = call.path("methodname").asText();
            if (!functions.containsKey(name) && !NOT_AJAX.contains(name)) {
                return bareError(AjaxError.UNKNOWN_RECORD);
            }
            traffic.function(name, door.prolongs());
            ObjectNode answer = answer(name, call.path("args"), door);
            long index = call.path("index").asLong();
            order.add(index);
            answers.put(index, answer);
            if (answer.path("error").booleanValue() && door.stopsAtError()) {
                break;
            }
        }
        return WebAnswer.json(200, listOrObject(answers, order));
    }

    private ObjectNode answer(String name, JsonNode arguments, Door door) {
        try {
            JsonNode data = call(name, arguments, door);
            return PhpJson.object().put("error", false).set("data", data);
        } catch (AjaxFailure failure) {
            AjaxError error = failure.error();
            ObjectNode answer = PhpJson.object().put("error", true);
            answer.putObject("exception")
                    .put("message", error.message())
                    .put("errorcode", error.code())
                    .put("link", site.link("/"))
                    .put("moreinfourl", error.moreInfo());
            return answer;
        }
    }

    private JsonNode call(String name, JsonNode arguments, Door door) {
        AjaxFunction function = functions.get(name);
        if (function == null) {
            throw new AjaxFailure(AjaxError.NOT_AVAILABLE);
        }
        if (function.needsLogin() && door.session().user() == null) {
            throw new AjaxFailure(AjaxError.REQUIRES_LOGIN);
        }
        if (function.needsLogin() && !door.session().sesskey().equals(door.sesskey())) {
            throw new AjaxFailure(AjaxError.INVALID_SESSKEY);
        }
        ObjectNode checked = AjaxParameter.check(function.parameters(), arguments);
        return function.body().call(new AjaxFunction.Call(checked, door.session()));
    }

    /** A list when the indexes are 0, 1, 2 in this order, else an object: how PHP writes its arrays. */
    private static JsonNode listOrObject(Map<Long, JsonNode> answers, List<Long> order) {
        boolean isList = true;
        for (int i = 0; i < order.size(); i++) {
            isList &= order.get(i) == i;
        }
        if (isList) {
            ArrayNode list = PhpJson.array();
            answers.values().forEach(list::add);
            return list;
        }
        ObjectNode object = PhpJson.object();
        order.forEach(index -> object.set(Long.toString(index), answers.get(index)));
        return object;
    }

    private static WebAnswer bareError(AjaxError error) {
        ObjectNode answer = PhpJson.object().put("error", error.message()).put("errorcode", error.code());
        for (String absent : List.of("stacktrace", "debuginfo", "reproductionlink")) {
            answer.set(absent, NullNode.getInstance());
        }
        return WebAnswer.json(200, answer);
    }
}
