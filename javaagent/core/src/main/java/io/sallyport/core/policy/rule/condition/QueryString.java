package io.sallyport.core.policy.rule.condition;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits a query as {@code application/x-www-form-urlencoded} (WHATWG URL, section 5.1); {@code ;} separates too, as old servers read it. */
final class QueryString {

    record Parameter(String name, String value) {}

    private QueryString() {}

    static List<Parameter> parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= query.length(); i++) {
            if (i == query.length() || query.charAt(i) == '&' || query.charAt(i) == ';') {
                if (i > from) {
                    String pair = query.substring(from, i);
                    int eq = pair.indexOf('=');
                    parameters.add(
                            eq < 0
                                    ? new Parameter(decode(pair), "")
                                    : new Parameter(decode(pair.substring(0, eq)), decode(pair.substring(eq + 1))));
                }
                from = i + 1;
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
