package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.DemoFault.Mode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Target;
import java.util.List;

/** Functions about the session and the site. */
final class SessionFunctions {
    private final DemoSite site;
    private final SessionStore sessions;
    private final FaultSwitch faults;

    SessionFunctions(DemoSite site, SessionStore sessions, FaultSwitch faults) {
        this.site = site;
        this.sessions = sessions;
        this.faults = faults;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction("core_session_time_remaining", true, List.of(), this::timeRemaining),
                new AjaxFunction("core_session_touch", true, List.of(), this::touch),
                new AjaxFunction("tool_mobile_get_public_config", false, List.of(), this::publicConfig));
    }

    private JsonNode timeRemaining(Call call) {
        return PhpJson.object()
                .put("userid", call.user().id())
                .put("timeremaining", sessions.remaining(call.session()).toSeconds());
    }

    private JsonNode touch(Call call) {
        sessions.prolong(call.session());
        return BooleanNode.TRUE;
    }

    private JsonNode publicConfig(Call call) {
        boolean maintenance = faults.modeFor(Target.PAGES) == Mode.MAINTENANCE;
        ObjectNode config = PhpJson.object()
                .put("wwwroot", site.wwwroot().toString())
                .put("httpswwwroot", site.wwwroot().toString())
                .put("sitename", Html.name(site.name()))
                .put("guestlogin", 0)
                .put("rememberusername", 2)
                .put("authloginviaemail", 0)
                .put("registerauth", "")
                .put("forgottenpasswordurl", "")
                .put("authinstructions", "")
                .put("authnoneenabled", 0)
                .put("enablewebservices", 0)
                .put("enablemobilewebservice", 0)
                .put("maintenanceenabled", maintenance ? 1 : 0)
                .put("maintenancemessage", "");
        return withAppSettings(config);
    }

    private ObjectNode withAppSettings(ObjectNode config) {
        config.put("typeoflogin", 1)
                .put("launchurl", site.link("/admin/tool/mobile/launch.php"))
                .put("mobilecssurl", "")
                .put("tool_mobile_disabledfeatures", "")
                .put("country", "0")
                .put("agedigitalconsentverification", false)
                .put("supportpage", "")
                .put("supportavailability", 0)
                .put("autolang", 1)
                .put("lang", "en")
                .put("langmenu", 1)
                .put("langlist", "")
                .put("locale", "")
                .put("tool_mobile_minimumversion", "")
                .put("tool_mobile_iosappid", "")
                .put("tool_mobile_androidappid", "")
                .put("tool_mobile_setuplink", "")
                .put("tool_mobile_qrcodetype", 0);
        config.putArray("warnings");
        return config.put("showloginform", 1);
    }
}
