package io.sallyport.http.contract;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A person's data in the formats that servers speak: {@code format} names one. The mail address is what the contract's policy masks. */
public final class Documents {

    /** No character of it is one byte long in every encoding. */
    public static final String NAME = "Zo\u00eb";

    public static final String EMAIL = "zo\u00eb@example.com";

    private Documents() {}

    static String type(String format) {
        return switch (format) {
            case "ndjson" -> "application/x-ndjson";
            case "xml" -> "application/xml";
            case "csv" -> "text/csv";
            case "form" -> "application/x-www-form-urlencoded";
            case "events" -> "text/event-stream";
            default -> "application/json";
        };
    }

    static byte[] body(String format, String charset) {
        String json = "{\"name\":\"" + NAME + "\",\"email\":\"" + EMAIL + "\"}";
        String text = switch (format) {
            case "ndjson" -> json + "\n" + json + "\n";
            case "xml" -> "<p><name>" + NAME + "</name><email>" + EMAIL + "</email></p>";
            case "csv" -> "name,email\r\n" + NAME + "," + EMAIL + "\r\n";
            case "form" -> "name=" + NAME + "&email=" + EMAIL;
            case "events" -> "id: 1\ndata: " + json + "\n\ndata: " + json + "\n\n";
            default -> json;
        };
        return text.getBytes(charset.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(charset));
    }
}
