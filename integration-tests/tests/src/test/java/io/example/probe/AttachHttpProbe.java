package io.example.probe;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;

/** An application whose HTTP client is at work when it is told to go on. */
public final class AttachHttpProbe {

    private AttachHttpProbe() {}

    /** @param arguments where to */
    public static void main(String[] arguments) throws IOException {
        try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
            client.start();
            print("before", client, SimpleRequestBuilder.get(arguments[0]).build());
            System.out.println("ready");
            System.in.read();
            print("get", client, SimpleRequestBuilder.get(arguments[0]).build());
            print("delete", client, SimpleRequestBuilder.delete(arguments[0]).build());
        }
    }

    private static void print(String what, CloseableHttpAsyncClient client, SimpleHttpRequest request) {
        try {
            SimpleHttpResponse answer = client.execute(request, null).get(20, TimeUnit.SECONDS);
            System.out.println(what + ": " + answer.getCode() + " " + answer.getBodyText());
        } catch (Exception e) {
            System.out.println(what + ": " + e.getCause());
        }
    }
}
