package io.sallyport.http.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP proxy (RFC 9110 section 7.6) that knows every host: it answers {@link Server#BODY} itself, also in a tunnel (CONNECT), unless that leads to this machine, which it does. */
public final class Proxy implements AutoCloseable {

    private static final Pattern LOCAL = Pattern.compile("^CONNECT (?:localhost|127\\.0\\.0\\.1):([0-9]+) ");

    private final ServerSocket listening;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    public Proxy() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(() -> {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                inBackground(() -> serve(client));
            }
        });
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    /** The first lines of the requests that arrived. */
    public List<String> seen() {
        return seen;
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = client.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                seen.add(line);
                boolean tunnel = line.startsWith("CONNECT ");
                Matcher local = LOCAL.matcher(line);
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                String answer = tunnel
                        ? "HTTP/1.1 200 Connected\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + Server.BODY.length()
                                + "\r\n\r\n" + Server.BODY;
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (local.find()) {
                    relay(client, Integer.parseInt(local.group(1)));
                    return;
                }
            }
        }
    }

    private static void relay(Socket client, int port) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            inBackground(() -> target.getInputStream().transferTo(client.getOutputStream()));
            client.getInputStream().transferTo(target.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // By the client, or by the end of the test.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
