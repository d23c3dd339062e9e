package io.sallyport.core.record.credential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters that XML and HTML write as references: {@code &#112;assword}. */
final class XmlReferences {

    private static final Pattern REFERENCE = Pattern.compile("&(?:#(\\d{1,7})|#[xX](\\p{XDigit}{1,6})|(\\w{1,32}));");

    private XmlReferences() {}

    /** What a receiver reads; a named one is nothing, since no name of a credential needs it. */
    static String read(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        Matcher reference = REFERENCE.matcher(text);
        return reference.replaceAll(found -> {
            String decimal = found.group(1);
            String hex = found.group(2);
            int point = decimal != null ? Integer.parseInt(decimal) : hex != null ? Integer.parseInt(hex, 16) : -1;
            return Character.isValidCodePoint(point) ? Matcher.quoteReplacement(Character.toString(point)) : "";
        });
    }
}
