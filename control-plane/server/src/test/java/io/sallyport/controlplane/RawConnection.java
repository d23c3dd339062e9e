package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/** A connection on which a test writes HTTP/1.1 as no client would. */
record RawConnection(Socket socket, OutputStream out, BufferedReader in) implements AutoCloseable {

    /** An answer and its body. */
    record Answer(int status, Map<String, String> headers, String body) {}

    static SSLSocketFactory sockets(Running server) {
        return Api.trusting(server.data().resolve("ca.pem")).getSocketFactory();
    }

    static RawConnection to(Running server, SSLSocketFactory sockets) throws IOException {
        URI address = URI.create(server.url());
        return over(sockets.createSocket(address.getHost(), address.getPort()));
    }

    /** To one who takes little at a time. */
    static RawConnection takingLittle(Running server, SSLSocketFactory sockets) throws IOException {
        URI address = URI.create(server.url());
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(4096);
        narrow.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        return over(sockets.createSocket(narrow, address.getHost(), address.getPort(), true));
    }

    private static RawConnection over(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        return new RawConnection(
                socket,
                socket.getOutputStream(),
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
    }

    void send(String piece) throws IOException {
        out.write(piece.getBytes(StandardCharsets.US_ASCII));
    }

    /** The status of what is said next. */
    int status() throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith("HTTP/1.1 ")) {
            line = in.readLine();
        }
        assertThat(line).as("an answer").isNotNull();
        return Integer.parseInt(line.substring(9, 12));
    }

    /** What is said next, to its end. */
    Answer answer() throws IOException {
        int status = status();
        Map<String, String> headers = new HashMap<>();
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        int read = 0;
        while (read < body.length) {
            int more = in.read(body, read, body.length - read);
            assertThat(more).as("more of the answer").isPositive();
            read += more;
        }
        return new Answer(status, headers, new String(body));
    }

    /** Whether the server has said all it will on this connection. */
    boolean ended() {
        try {
            while (in.readLine() != null) {
                // What is left is of no interest.
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
