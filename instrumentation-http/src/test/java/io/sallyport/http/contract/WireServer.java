package io.sallyport.http.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers every request with the same bytes, for what no server of the JDK sends: trailers, odd framing, other protocols. */
public final class WireServer implements AutoCloseable {

    private final ServerSocket listening;
    private final OverTls secure;

    /** @param answer head and body as they are on the wire, in characters that stand for one byte each */
    public WireServer(String answer) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (Socket client = listening.accept()) {
                    answer(client, answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException closed) {
                    // By the client, or by the end of the test.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        secure = OverTls.to(listening.getLocalPort());
    }

    private static void answer(Socket client, byte[] answer) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {}
        client.getOutputStream().write(answer);
        client.getOutputStream().flush();
        client.shutdownOutput();
        in.transferTo(java.io.Writer.nullWriter());
    }

    /** Over TLS, see {@link OverTls}. */
    public URI at(String path) {
        return secure.at(path);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        secure.close();
    }
}
