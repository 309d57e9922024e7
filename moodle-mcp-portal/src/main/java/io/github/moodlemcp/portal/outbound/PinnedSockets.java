package io.github.moodlemcp.portal.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets for one request that lead to one address, whatever the name of the host means by now; the name still counts for
 * the certificate. Closing it closes them, and lets no more be made. Safe for use by many threads.
 */
final class PinnedSockets extends SSLSocketFactory implements AutoCloseable {
    private final SSLSocketFactory tls;
    private final int port;
    private final List<Socket> made = new ArrayList<>();
    private @Nullable InetSocketAddress target;
    private boolean isClosed;

    PinnedSockets(SSLSocketFactory tls, int port) {
        this.tls = tls;
        this.port = port;
    }

    /** Says where they lead; until then none can be made. */
    synchronized void leadTo(InetAddress address) {
        target = new InetSocketAddress(address, port);
    }

    /** Not connected yet. The connection asks for this one first, connects it, and puts TLS over it. */
    @Override
    public synchronized Socket createSocket() throws IOException {
        InetSocketAddress address = target;
        if (isClosed || address == null) {
            throw new SocketException("The request is over, or was never allowed");
        }
        Socket socket = new Pinned(address);
        made.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unpinned();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw unpinned();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unpinned();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw unpinned();
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        for (Socket socket : made) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more either way.
            }
        }
    }

    private static IOException unpinned() {
        return new SocketException("Only sockets that lead to the checked address are made");
    }

    private static final class Pinned extends Socket {
        private final InetSocketAddress target;

        Pinned(InetSocketAddress target) {
            this.target = target;
        }

        @Override
        public void connect(SocketAddress asked) throws IOException {
            super.connect(target);
        }

        @Override
        public void connect(SocketAddress asked, int timeoutMillis) throws IOException {
            super.connect(target, timeoutMillis);
        }
    }
}
