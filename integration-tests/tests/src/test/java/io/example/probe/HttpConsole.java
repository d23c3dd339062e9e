package io.example.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application with the JDK's HTTP client that does what its standard input tells it, one line {@code <id> <verb> <rest>} at a time, and
 * prints what it notices, each line with the id in front and {@code <id> end} last.
 *
 * <p>{@code send METHOD URL} blocks the main thread, {@code start METHOD URL} a thread of its own, {@code async METHOD URL} uses {@code
 * sendAsync}, {@code cancel ID} cancels its future.
 */
public final class HttpConsole {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, CompletableFuture<?>> calls = new ConcurrentHashMap<>();

    private HttpConsole() {}

    public static void main(String[] arguments) throws IOException {
        HttpConsole console = new HttpConsole();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            console.perform(words[0], words[1], words[2]);
        }
        System.out.println("done");
    }

    private void perform(String id, String verb, String rest) {
        switch (verb) {
            case "send" -> send(id, rest);
            case "start" -> {
                Thread thread = new Thread(() -> send(id, rest), id);
                thread.setDaemon(true);
                thread.start();
            }
            case "async" -> {
                CompletableFuture<HttpResponse<String>> call = client.sendAsync(request(rest), BodyHandlers.ofString());
                System.out.println(id + " returned");
                calls.put(id, call);
                call.whenComplete((response, failure) -> {
                    print(id, response, failure);
                    System.out.println(id + " end");
                });
            }
            case "cancel" -> {
                System.out.println(id + " cancelled " + calls.get(rest).cancel(true));
                System.out.println(id + " end");
            }
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private void send(String id, String rest) {
        try {
            print(id, client.send(request(rest), BodyHandlers.ofString()), null);
        } catch (IOException | InterruptedException | RuntimeException e) {
            print(id, null, e);
        }
        System.out.println(id + " end");
    }

    private static HttpRequest request(String methodAndUrl) {
        String[] words = methodAndUrl.split(" ");
        return HttpRequest.newBuilder(URI.create(words[1]))
                .method(words[0], HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static void print(String id, HttpResponse<String> response, Throwable failure) {
        if (failure == null) {
            System.out.println(id + " answer " + response.statusCode() + " " + response.body());
        } else {
            System.out.println(id + " failed " + failure.getClass().getName() + " " + failure.getMessage());
        }
    }
}
