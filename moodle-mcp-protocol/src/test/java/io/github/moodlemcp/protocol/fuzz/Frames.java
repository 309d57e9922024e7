package io.github.moodlemcp.protocol.fuzz;

import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random frames of the bridge that the codec can read again. */
final class Frames {
    private Frames() {}

    static ExtensionFrame ofExtension(Random random) {
        RequestId id = Messages.id(random);
        return switch (random.nextInt(10)) {
            case 0 -> new ExtensionFrame.HelloFrame(id, hello(random));
            case 1 -> new ExtensionFrame.Ping(id);
            case 2 -> new ExtensionFrame.Status(list(random, Frames::site));
            case 3 -> new ExtensionFrame.Claim(id, command(random));
            case 4 ->
                new ExtensionFrame.Progress(
                        command(random), number(random), orNull(random, Frames::number), orNull(random, Frames::text));
            case 5 -> new ExtensionFrame.Reply(command(random), Json.value(random));
            case 6 -> new ExtensionFrame.Failure(command(random), failure(random));
            case 7 -> new ExtensionFrame.Approval(command(random));
            case 8 -> new ExtensionFrame.UnknownRequest(id, "future/" + text(random));
            default -> new ExtensionFrame.UnknownNotification("future/" + text(random));
        };
    }

    static ServiceFrame ofService(Random random) {
        RequestId id = Messages.id(random);
        return switch (random.nextInt(6)) {
            case 0 ->
                new ServiceFrame.Welcome(
                        id,
                        text(random),
                        random.nextInt(),
                        new ServiceFrame.Limits(random.nextInt(), random.nextInt(), random.nextInt()),
                        new ServiceFrame.Server(text(random), text(random)));
            case 1 -> new ServiceFrame.Pong(id);
            case 2 -> new ServiceFrame.ClaimAnswer(id, orNull(random, Frames::text));
            case 3 ->
                new ServiceFrame.Run(
                        command(random),
                        text(random),
                        Json.object(random),
                        orNull(random, Frames::text),
                        random.nextLong(),
                        text(random));
            case 4 -> new ServiceFrame.Cancel(command(random));
            default -> new ServiceFrame.UnknownMethod(id);
        };
    }

    private static Hello hello(Random random) {
        return new Hello(
                random.nextInt(),
                new Hello.Browser(text(random), text(random)),
                new Hello.Extension(text(random)),
                list(random, Frames::site),
                list(random, Frames::text),
                list(random, journal -> new Hello.JournalEntry(text(journal), text(journal))));
    }

    private static SiteState site(Random random) {
        return new SiteState(
                text(random),
                text(random),
                text(random),
                orNull(random, Random::nextLong),
                orNull(random, Frames::text));
    }

    private static FailureReason failure(Random random) {
        return new FailureReason(
                "signed_out",
                orNull(random, Frames::text),
                orNull(random, any -> "error/code"),
                list(random, Frames::text));
    }

    private static String command(Random random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static BigDecimal number(Random random) {
        return random.nextBoolean() ? BigDecimal.valueOf(random.nextInt()) : BigDecimal.valueOf(random.nextGaussian());
    }

    private static String text(Random random) {
        return Json.text(random, 30);
    }

    private static <T> List<T> list(Random random, Function<Random, T> element) {
        return Stream.generate(() -> element.apply(random))
                .limit(random.nextInt(4))
                .toList();
    }

    private static <T> @Nullable T orNull(Random random, Function<Random, T> value) {
        return random.nextBoolean() ? value.apply(random) : null;
    }
}
