package io.sallyport.benchmarks.core;

import java.nio.charset.StandardCharsets;

/** A list of users as services answer it. */
public final class JsonBody {

    private JsonBody() {}

    /** At least that many bytes of JSON. */
    public static byte[] ofAbout(int bytes) {
        StringBuilder json = new StringBuilder(bytes + 512).append('[');
        for (int i = 0; json.length() < bytes; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(i)
                    .append(",\"name\":\"User number ")
                    .append(i)
                    .append("\",\"email\":\"user")
                    .append(i)
                    .append("@example.com\",\"active\":true,\"balance\":1024.5,\"address\":{\"street\":\"Long Road ")
                    .append(i % 300)
                    .append("\",\"city\":\"Springfield\",\"country\":\"DE\"},\"tags\":[\"a\",\"b\",\"customer\"],")
                    .append("\"note\":\"Prefers to be called in the morning, never on Fridays.\"}");
        }
        return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }
}
