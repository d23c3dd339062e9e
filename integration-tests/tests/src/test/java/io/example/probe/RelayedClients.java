package io.example.probe;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.http.client.methods.CloseableHttpResponse;

/**
 * Each client over {@code java.net.Socket}, kept from call to call. One line of standard input is one call, {@code ID CLIENT URL [PROXYPORT]},
 * answered by {@code ID answer …} or {@code ID failed TYPE MESSAGE …}, and {@code ID end}.
 */
public final class RelayedClients {

    private final OkHttpClient okHttp = new OkHttpClient();
    private final org.apache.hc.client5.http.impl.classic.CloseableHttpClient apache5 =
            org.apache.hc.client5.http.impl.classic.HttpClients.createDefault();
    private final org.apache.hc.client5.http.impl.classic.CloseableHttpClient apache5Minimal =
            org.apache.hc.client5.http.impl.classic.HttpClients.createMinimal();
    private final org.apache.http.impl.client.CloseableHttpClient apache4 =
            org.apache.http.impl.client.HttpClients.createDefault();
    private final org.apache.http.impl.client.CloseableHttpClient apache4Minimal =
            org.apache.http.impl.client.HttpClients.createMinimal();

    private RelayedClients() {}

    public static void main(String[] none) throws Exception {
        RelayedClients clients = new RelayedClients();
        System.out.println("ready");
        try (Scanner in = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (in.hasNextLine()) {
                String[] words = in.nextLine().split(" ");
                System.out.println(words[0] + " " + clients.said(words));
                System.out.println(words[0] + " end");
            }
        }
        System.exit(0);
    }

    private String said(String[] words) {
        try {
            return "answer " + get(words[1], words[2], words.length > 3 ? Integer.parseInt(words[3]) : 0);
        } catch (Exception failed) {
            StringBuilder chain = new StringBuilder("failed");
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                chain.append(' ').append(cause.getClass().getName()).append(' ').append(cause.getMessage());
            }
            return chain.toString().replace('\n', ' ');
        }
    }

    private String get(String client, String url, int proxy) throws Exception {
        return switch (client) {
            case "urlconnection" -> urlConnection(url, proxy);
            case "okhttp" -> okHttp(url, proxy);
            case "apache5" -> apache5(apache5, url, proxy);
            case "apache5-minimal" -> apache5(apache5Minimal, url, 0);
            case "apache4" -> apache4(apache4, url, proxy);
            case "apache4-minimal" -> apache4(apache4Minimal, url, 0);
            default -> throw new IllegalArgumentException(client);
        };
    }

    private static InetSocketAddress at(int proxy) {
        return new InetSocketAddress("127.0.0.1", proxy);
    }

    private static String urlConnection(String url, int proxy) throws Exception {
        Proxy by = proxy == 0 ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, at(proxy));
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(by);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String okHttp(String url, int proxy) throws Exception {
        OkHttpClient client = proxy == 0
                ? okHttp
                : okHttp.newBuilder()
                        .proxy(new Proxy(Proxy.Type.HTTP, at(proxy)))
                        .callTimeout(Duration.ofSeconds(30))
                        .build();
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.body().string();
        }
    }

    private static String apache5(
            org.apache.hc.client5.http.impl.classic.CloseableHttpClient client, String url, int proxy)
            throws Exception {
        org.apache.hc.client5.http.classic.methods.HttpGet get =
                new org.apache.hc.client5.http.classic.methods.HttpGet(url);
        if (proxy != 0) {
            get.setConfig(org.apache.hc.client5.http.config.RequestConfig.custom()
                    .setProxy(new org.apache.hc.core5.http.HttpHost("127.0.0.1", proxy))
                    .build());
        }
        return client.execute(
                get, response -> org.apache.hc.core5.http.io.entity.EntityUtils.toString(response.getEntity()));
    }

    private static String apache4(org.apache.http.impl.client.CloseableHttpClient client, String url, int proxy)
            throws Exception {
        org.apache.http.client.methods.HttpGet get = new org.apache.http.client.methods.HttpGet(url);
        if (proxy != 0) {
            get.setConfig(org.apache.http.client.config.RequestConfig.custom()
                    .setProxy(new org.apache.http.HttpHost("127.0.0.1", proxy))
                    .build());
        }
        try (CloseableHttpResponse response = client.execute(get)) {
            return org.apache.http.util.EntityUtils.toString(response.getEntity());
        }
    }
}
