package io.github.moodlemcp.example.owntools;

/**
 * A container that listens.
 *
 * @param port the port it found
 */
record RunningContainer(int port, AutoCloseable stopping) implements AutoCloseable {

    @Override
    public void close() throws Exception {
        stopping.close();
    }
}
