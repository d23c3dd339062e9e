package io.sallyport.http.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps its connections open, and gives the requests that come first the answers that it was told; all others get {@link #FINE}. */
public final class FailingServer implements AutoCloseable {

    /** {@link Server#BODY}. */
    public static final String FINE = answer("200 OK", "", Server.BODY);

    /** Asks for credentials. */
    public static final String CHALLENGE =
            answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", "who?");

    /** No answer: the request was read, and its connection is closed. */
    static final String DIES = "";

    private final Queue<String> answers;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ServerSocket listening;
    private final OverTls secure;

    public FailingServer(String... first) throws IOException {
        answers = new ArrayDeque<>(List.of(first));
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                clients.add(client);
                start(() -> answer(client));
            }
        });
        secure = OverTls.to(listening.getLocalPort());
    }

    /** @param fields each with its line break */
    public static String answer(String status, String fields, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\n" + fields + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    /** Over TLS, see {@link OverTls}. */
    public URI at(String path) {
        return secure.at(path);
    }

    /** What arrived, as {@code METHOD path body}. */
    public List<String> seen() {
        return seen;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // By the client, or by the end of the test.
                    }
                },
                Server.THREADS + "failing");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(Socket client) throws IOException {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = client.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                seen.add((line.replace(" HTTP/1.1", "") + " " + body(in)).strip());
                String answer = next();
                if (answer.equals(DIES)) {
                    return;
                }
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
    }

    private synchronized String next() {
        String next = answers.poll();
        return next == null ? FINE : next;
    }

    private static String body(BufferedReader in) throws IOException {
        int length = 0;
        boolean chunked = false;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            chunked |= line.equalsIgnoreCase("transfer-encoding: chunked");
        }
        if (!chunked) {
            return characters(in, length);
        }
        StringBuilder body = new StringBuilder();
        for (int size = size(in); size > 0; size = size(in)) {
            body.append(characters(in, size));
            in.readLine();
        }
        in.readLine();
        return body.toString();
    }

    private static int size(BufferedReader in) throws IOException {
        return Integer.parseInt(in.readLine(), 16);
    }

    private static String characters(BufferedReader in, int count) throws IOException {
        char[] characters = new char[count];
        int read = 0;
        while (read < count) {
            int n = in.read(characters, read, count - read);
            if (n < 0) {
                throw new IOException("the body ended early");
            }
            read += n;
        }
        return new String(characters);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
        secure.close();
    }
}
