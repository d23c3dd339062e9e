package io.sallyport.jdbc.state;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a session was told of where names without a schema lead and of whose rights count, by SQL and by {@code setSchema} and {@code setCatalog}: the last
 * of each. An approval of {@code DELETE FROM orders} for one tenant is none for another. Immutable.
 */
final class SessionNames {

    static final SessionNames AS_CONNECTED = new SessionNames(new TreeMap<>());

    private static final int LONGEST = 200;

    private static final Pattern SETTING = Pattern.compile(
            "\\b(search_path|schema|current_schema|catalog|database|use|role|authorization|principal)\\b",
            Pattern.CASE_INSENSITIVE);

    private final SortedMap<String, String> said;
    private final String text;

    private SessionNames(SortedMap<String, String> said) {
        this.said = said;
        this.text = String.join("; ", said.values());
    }

    /** A method of the connection was called. */
    SessionNames set(String what, @Nullable String to) {
        return with(what, what + " " + to);
    }

    /** A statement of the session's was sent; the same where it has no such setting. */
    SessionNames sent(String sql) {
        Matcher setting = SETTING.matcher(sql);
        if (!setting.find()) {
            return this;
        }
        String whole = sql.strip();
        return with(
                setting.group().toLowerCase(Locale.ROOT),
                whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "… " + whole.hashCode());
    }

    private SessionNames with(String setting, String words) {
        if (words.equals(said.get(setting))) {
            return this;
        }
        SortedMap<String, String> more = new TreeMap<>(said);
        more.put(setting, words);
        return new SessionNames(more);
    }

    /** Empty for a session that was told nothing. */
    String text() {
        return text;
    }
}
