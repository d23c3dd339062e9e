package io.sallyport.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.weaving.tls.TlsSessions;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of sockets that the JDK leads to a proxy, which tell that they led to the loopback. */
@Timeout(60)
class ProxiedSocketsTest {

    private static final int ANYWHERE = 9;

    private ServerSocket proxy;

    @BeforeEach
    void start() throws IOException {
        // Of whose classes the sockets are is no matter.
        WovenSockets.govern("");
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!proxy.isClosed()) {
                try {
                    say(proxy.accept());
                } catch (IOException over) {
                    // The test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** SOCKS 5 (RFC 1928) and {@code CONNECT}: everybody is connected, as far as he can tell. */
    private static void say(Socket caller) throws IOException {
        DataInputStream in = new DataInputStream(caller.getInputStream());
        if (in.readUnsignedByte() != 5) {
            String end = "";
            while (!end.endsWith("\r\n\r\n")) {
                end += (char) in.readUnsignedByte();
            }
            caller.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return;
        }
        in.skipNBytes(in.readUnsignedByte());
        caller.getOutputStream().write(new byte[] {5, 0});
        in.skipNBytes(3);
        int kind = in.readUnsignedByte();
        in.skipNBytes(2L + (kind == 1 ? 4 : kind == 4 ? 16 : in.readUnsignedByte()));
        caller.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 80});
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", proxy.getLocalPort());
    }

    private void assertProxied(Socket socket) throws IOException {
        try (socket) {
            socket.connect(new InetSocketAddress("localhost", ANYWHERE));

            assertThat(socket.getInetAddress().isLoopbackAddress()).isTrue();
            assertThat(TlsSessions.plain(socket).elsewhere()).isEqualTo("the proxy 127.0.0.1");
        }
    }

    @Test
    void aSocketThatWasMadeWithAProxyLeadsToIt() throws IOException {
        assertProxied(new Socket(new Proxy(Proxy.Type.SOCKS, address())));
    }

    @Test
    void aSocketThatWasMadeWithAnHttpProxyLeadsToIt() throws IOException {
        assertProxied(new Socket(new Proxy(Proxy.Type.HTTP, address())));
    }

    @Test
    void aSocketLeadsToTheProxyOfTheProperties() throws IOException {
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", String.valueOf(proxy.getLocalPort()));
        System.setProperty("socksNonProxyHosts", "");
        try {
            assertProxied(new Socket());
        } finally {
            System.clearProperty("socksProxyHost");
            System.clearProperty("socksProxyPort");
            System.clearProperty("socksNonProxyHosts");
        }
    }

    @Test
    void aSocketLeadsToTheProxyThatTheDefaultSelectorNames() throws IOException {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.SOCKS, address()));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress to, IOException failure) {}
        });
        try {
            assertProxied(new Socket());
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void aSocketWithoutAProxyLeadsToTheLoopback() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", proxy.getLocalPort())) {
            assertThat(TlsSessions.plain(socket)).isEqualTo(TlsFacts.PLAINTEXT);
        }
    }
}
