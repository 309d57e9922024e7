package io.github.moodlemcp.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * The least that Grizzly can do: reads the body and sends bytes that are always the same. What is slower than this is the
 * price of REST and MCP.
 */
public final class BareGrizzly extends HttpHandler {
    private final Map<String, byte[]> answers;

    private BareGrizzly(Map<String, byte[]> answers) {
        this.answers = answers;
    }

    /**
     * Serves until the process is ended.
     *
     * @param args the port, then {@code PATH=ANSWER} for each path
     * @throws IOException when the port cannot be bound
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, byte[]> answers = Arrays.stream(args)
                .skip(1)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].getBytes(StandardCharsets.UTF_8)));
        Listener.serve(Integer.parseInt(args[0]), new BareGrizzly(answers));
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        request.getInputStream().readAllBytes();
        byte[] answer = answers.get(request.getRequestURI());
        if (answer == null) {
            response.setStatus(HttpStatus.NOT_FOUND_404);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }
}
