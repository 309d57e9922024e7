package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.oauth.ConsentRequest;
import io.github.moodlemcp.portal.web.View;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a program may act for the person.
 *
 * @param app what the program calls itself; nobody has checked it
 * @param nameMayDeceive whether the name mixes alphabets whose letters look alike
 * @param host the host that publishes who the app is; null when only the app itself says so
 * @param destination where access would be sent
 * @param thisComputer whether that is a program on the person's own computer
 * @param mayWrite whether it asks to write as well
 * @param parameters the request, to be sent along with the answer
 */
public record ConsentView(
        String app,
        boolean nameMayDeceive,
        @Nullable String host,
        String destination,
        boolean thisComputer,
        boolean mayWrite,
        Map<String, String> parameters)
        implements View {
    static ConsentView of(ConsentRequest request) {
        return new ConsentView(
                request.client().name(),
                request.nameMayDeceive(),
                request.client().host().orElse(null),
                request.redirectOrigin(),
                request.leadsToThisComputer(),
                request.mayWrite(),
                request.parameters());
    }

    @Override
    public String template() {
        return "consent";
    }

    @Override
    public String title() {
        return "Connect an app";
    }
}
