package io.sallyport.http.http2;

import io.sallyport.http.contract.Server;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Answers {@link Server#BODY} with a trailer, and pushes what a request asks for, with the status that its {@code X-Status} names, in clear text, by prior knowledge or by upgrade. */
final class Http2Server implements AutoCloseable {

    private static final HttpField PUSHED = new HttpField("X-Pushed", "yes");

    private final org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
    private final ServerConnector connector;
    private final Set<SocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    Http2Server() throws Exception {
        HttpConfiguration settings = new HttpConfiguration();
        connector = new ServerConnector(
                server, new HttpConnectionFactory(settings), new HTTP2CServerConnectionFactory(settings));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                seen.add(request.getConnectionMetaData().getHttpVersion() + " " + request.getMethod() + " "
                        + request.getHttpURI().getPathQuery());
                push(request);
                connections.add(request.getConnectionMetaData().getRemoteSocketAddress());
                if (request.getHeaders().contains("X-Status")) {
                    response.setStatus(Integer.parseInt(request.getHeaders().get("X-Status")));
                }
                response.getHeaders().put("Content-Type", "text/plain");
                if (!request.getHeaders().contains(PUSHED)) {
                    // Apache's client takes none behind what is pushed.
                    response.setTrailersSupplier(() -> HttpFields.build().put("X-Checked", "yes"));
                }
                String sent = request.getMethod().equals("POST") ? Content.Source.asString(request) : Server.BODY;
                response.write(true, ByteBuffer.wrap(sent.getBytes(StandardCharsets.UTF_8)), callback);
                return true;
            }
        });
        server.start();
    }

    /** What the field {@code X-Push} names, as far as the client takes pushes. */
    private static void push(Request request) {
        for (HttpField wanted : request.getHeaders().getFields("X-Push")) {
            HttpURI there = HttpURI.build(request.getHttpURI()).pathQuery(wanted.getValue());
            request.push(new MetaData.Request(
                    "GET", there, HttpVersion.HTTP_2, HttpFields.build().put(PUSHED)));
        }
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    }

    /** How many connections requests came by. */
    int connections() {
        return connections.size();
    }

    /** What arrived, as {@code HTTP/2.0 METHOD path}. */
    List<String> seen() {
        return seen;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
