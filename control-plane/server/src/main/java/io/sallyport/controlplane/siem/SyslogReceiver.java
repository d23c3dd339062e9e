package io.sallyport.controlplane.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.outward.OutwardHttp;
import io.sallyport.controlplane.outward.OutwardTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Syslog (RFC 5424) with octet counting over TLS (RFC 5425). Syslog confirms nothing: what the network took and the receiver had not read when it
 * died is lost to it, so the connection is looked at before each lot.
 */
final class SyslogReceiver implements StreamReceiver {

    private static final int LIMIT_MILLIS = 10_000;

    /** Facility 13, log audit. */
    private static final int FACILITY = 13 * 8;

    private static final int ALERT = 1;
    private static final int WARNING = 4;
    private static final int INFORMATIONAL = 6;

    private final URI address;
    private final @Nullable SSLContext tls;
    private @Nullable Socket socket;

    SyslogReceiver(String name, URI address, @Nullable Path ca) {
        boolean encrypted = "tls".equals(address.getScheme());
        boolean here =
                "tcp".equals(address.getScheme()) && OutwardHttp.isThisMachine(String.valueOf(address.getHost()));
        if (!encrypted && !here || address.getPort() < 0) {
            throw new StartFailure("settings: stream " + name
                    + " needs syslog: tls://host:port, or tcp://localhost:port for a forwarder on this machine");
        }
        this.address = address;
        this.tls = encrypted ? context(ca) : null;
    }

    private static SSLContext context(@Nullable Path ca) {
        try {
            return ca == null ? SSLContext.getDefault() : OutwardTrust.context(ca);
        } catch (NoSuchAlgorithmException e) {
            throw new StartFailure("this Java runtime has no TLS", e);
        }
    }

    @Override
    public void send(List<ObjectNode> events) throws IOException {
        try {
            OutputStream out = connected().getOutputStream();
            for (ObjectNode event : events) {
                byte[] message = message(event);
                out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(message);
            }
            out.flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static byte[] message(ObjectNode event) {
        String kind = event.path("event").path("kind").asText();
        String outcome = event.path("event").path("outcome").asText();
        int severity = kind.equals("alert") ? ALERT : outcome.equals("failure") ? WARNING : INFORMATIONAL;
        String line =
                "<" + (FACILITY + severity) + ">1 " + event.path("@timestamp").asText() + " - sallyport - "
                        + event.path("event").path("action").asText("-").replaceAll("[^!-~]", "_") + " - " + event;
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private Socket connected() throws IOException {
        Socket known = socket;
        if (known != null && isAlive(known)) {
            return known;
        }
        close();
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), LIMIT_MILLIS);
        Socket made = tls == null ? plain : encrypted(plain, tls);
        socket = made;
        return made;
    }

    private Socket encrypted(Socket plain, SSLContext context) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHost(), address.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.setSoTimeout(LIMIT_MILLIS);
        encrypted.startHandshake();
        return encrypted;
    }

    /** A receiver that went away has sent its end; syslog servers say nothing else. */
    private static boolean isAlive(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        Socket known = socket;
        socket = null;
        if (known != null) {
            try {
                known.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
