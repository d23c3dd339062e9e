package io.sallyport.core.verdict;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A protocol version by its JSSE name ({@code SSLv3}, {@code TLSv1}, {@code TLSv1.2}; "Java Security Standard Algorithm Names",
 * SSLContext section), ordered by strength and not by spelling.
 */
record TlsVersion(int major, int minor) implements Comparable<TlsVersion> {

    private static final Pattern TLS = Pattern.compile("TLSv(\\d{1,3})(?:\\.(\\d{1,3}))?");

    /** @return {@code null} for a name that is no TLS version; what cannot be compared is never enough */
    static @Nullable TlsVersion parse(@Nullable String name) {
        if (name == null) {
            return null;
        }
        Matcher m = TLS.matcher(name);
        if (m.matches()) {
            return new TlsVersion(Integer.parseInt(m.group(1)), m.group(2) == null ? 0 : Integer.parseInt(m.group(2)));
        }
        return name.startsWith("SSL") ? new TlsVersion(0, 0) : null;
    }

    static boolean atLeast(@Nullable String actual, String minimum) {
        TlsVersion has = parse(actual);
        TlsVersion needs = parse(minimum);
        return has != null && needs != null && has.compareTo(needs) >= 0;
    }

    @Override
    public int compareTo(TlsVersion o) {
        return major != o.major ? Integer.compare(major, o.major) : Integer.compare(minor, o.minor);
    }
}
