package io.github.moodlemcp.interop.clients;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** A client that is connected to the service. */
interface JavaClient extends AutoCloseable {

    /** How a client connects. */
    @FunctionalInterface
    interface Connector {
        /** Connects, to hand the progress of later calls to the consumer. */
        JavaClient connect(String url, String key, DoubleConsumer onProgress);
    }

    /** The revision that it agreed on with the service. */
    String revision();

    List<String> toolNames();

    /** The text of the answer. */
    String callTool(String name, Map<String, Object> arguments);

    @Override
    void close();
}
