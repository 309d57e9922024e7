package io.github.moodlemcp.bench;

import com.sun.net.httpserver.HttpServer;
import io.github.moodlemcp.testkit.load.Handshake;
import io.github.moodlemcp.testkit.load.LightSocket;
import io.github.moodlemcp.testkit.load.SocketLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connections that send a reply of an extension again whenever it came back. Waits to be asked over HTTP how fast that goes,
 * so that its code is compiled when it is measured.
 */
public final class EchoLoad {
    private static final long NANOS_PER_MICRO = 1000;
    private static final int OK = 200;
    private static final int NO_BODY = -1;

    private EchoLoad() {}

    /**
     * Runs until the process is ended. Whoever posts a number of seconds is answered after that time, with one object of JSON.
     *
     * @param args the port to be asked at, the address of the WebSocket, how many connections, and how many courses a reply
     *     lists
     * @throws IOException when the port cannot be bound
     */
    public static void main(String[] args) throws IOException {
        URI url = URI.create(args[1]);
        int connections = Integer.parseInt(args[2]);
        String frame = Replies.frame(Integer.parseInt(args[3]));
        HttpServer control = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        control.createContext("/", exchange -> {
            String seconds = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = seconds.isEmpty()
                    ? new byte[0]
                    : run(url, connections, frame, Long.parseLong(seconds)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, answer.length == 0 ? NO_BODY : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        control.start();
    }

    private static String run(URI url, int connections, String frame, long seconds) {
        Echoes echoes = new Echoes(frame, connections);
        try (SocketLoop loop = new SocketLoop()) {
            for (int i = 0; i < connections; i++) {
                loop.open(new Handshake(url, Map.of(), null), echoes.connection());
            }
            echoes.opened.await();
            loop.execute(() -> echoes.begin(TimeUnit.SECONDS.toNanos(seconds)));
            return echoes.result();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "{}";
        }
    }

    /** What all connections count together; for the thread of their loop. */
    private static final class Echoes {
        private final CountDownLatch opened;
        private final CountDownLatch over = new CountDownLatch(1);
        private final String text;
        private final List<Connection> connections = new ArrayList<>();
        private long[] micros = new long[1 << 16];
        private int echoed;
        private int failed;
        private long begun;
        private long end;
        private long ended;

        Echoes(String text, int connections) {
            this.text = text;
            this.opened = new CountDownLatch(connections);
        }

        LightSocket.Listener connection() {
            return new Connection();
        }

        void begin(long nanos) {
            begun = System.nanoTime();
            end = begun + nanos;
            connections.forEach(Connection::send);
        }

        void echoed(long since, long now) {
            if (echoed == micros.length) {
                micros = Arrays.copyOf(micros, 2 * micros.length);
            }
            micros[echoed++] = (now - since) / NANOS_PER_MICRO;
        }

        String result() throws InterruptedException {
            over.await();
            Arrays.sort(micros, 0, echoed);
            return "{\"requests\":" + echoed + ",\"micros\":" + (ended - begun) / NANOS_PER_MICRO + ",\"p50Micros\":"
                    + micros[echoed / 2] + ",\"p99Micros\":" + micros[(int) (echoed * 0.99)] + ",\"failed\":" + failed
                    + "}";
        }

        private final class Connection implements LightSocket.Listener {
            private LightSocket socket;
            private long sent;

            @Override
            public void opened(LightSocket now) {
                socket = now;
                connections.add(this);
                opened.countDown();
            }

            void send() {
                sent = System.nanoTime();
                socket.send(text);
            }

            @Override
            public void text(LightSocket from, String echo) {
                long now = System.nanoTime();
                echoed(sent, now);
                if (now < end) {
                    send();
                } else if (over.getCount() > 0) {
                    ended = now;
                    over.countDown();
                }
            }

            @Override
            public void closed(LightSocket from, int code) {
                failed += over.getCount() > 0 ? 1 : 0;
                opened.countDown();
            }
        }
    }
}
