package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.store.Stores;
import java.io.IOException;
import javax.sql.DataSource;

/** Opens the service's listener on everything it needs; {@code serve} is told which one by the program's entry. */
@FunctionalInterface
interface ServiceStarter {
    /**
     * Starts to serve.
     *
     * @param config with an {@code AuthSecret.Given}
     * @return ends the listener, with close frames to those who are connected
     * @throws IOException when the address cannot be listened on
     */
    AutoCloseable start(Config config, DataSource dataSource, Stores stores) throws IOException;
}
