package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON that a script loads: in a call ({@code callback({…});}), an assignment ({@code var x = {…};}), or behind what keeps other sites from loading it ({@code )]}',}, {@code
 * while(1);}). What stands before and after passes, the document is masked as any other.
 */
final class PrefixedJson implements BodyMasker {
    private static final Pattern PREFIX = Pattern.compile("\uFEFF?\\s*(?:/\\*\\*/)?\\s*(?:"
            + "\\)]}'?,?"
            + "|(?:(?:var|let|const)\\s+)?[A-Za-z_$][\\w$]{0,80}+(?:\\.[\\w$]{1,80}+){0,8}+\\s*="
            + "|export\\s+default\\b"
            + "|while\\s*\\(\\s*1\\s*\\)\\s*;"
            + "|for\\s*\\(\\s*;\\s*;\\s*\\)\\s*;"
            + "|(?:typeof [\\w$.]{1,80} === 'function' && )?[A-Za-z_$][\\w$]{0,80}+(?:[.\\[\\]\"']{1,4}+[\\w$]{1,80}+){0,8}+[\"'\\]]{0,2}+\\s*\\("
            + ")\\s*");
    private static final int LONGEST = 512;

    private final JsonMasker document;
    private int prefix;
    private final Held tail = new Held();

    /** @param prefix bytes before the document */
    PrefixedJson(JsonMasker document, int prefix) {
        this.document = document;
        this.prefix = prefix;
    }

    /** More of the text is needed to tell. */
    static final int UNTOLD = -2;

    /** Bytes before the document, -1 where the text does not begin so, {@link #UNTOLD} where it might. */
    static int prefixOf(String start, boolean last) {
        // A bracket may belong to the prefix: jQuery["a"]( has one.
        for (int i = 0; i < Math.min(start.length(), LONGEST); i++) {
            char c = start.charAt(i);
            if ((c == '{' || c == '[')
                    && i > 0
                    && PREFIX.matcher(start).region(0, i).matches()) {
                Structure seen = Structure.of(start.substring(i), last);
                if (seen != Structure.JSON) {
                    return seen == null ? UNTOLD : -1;
                }
                return start.substring(0, i).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        Matcher begun = PREFIX.matcher(start);
        boolean mayGoOn = !last && start.length() < LONGEST && (begun.matches() || begun.hitEnd());
        return mayGoOn ? UNTOLD : -1;
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int i = offset;
        int end = offset + length;
        if (prefix > 0) {
            int before = Math.min(prefix, length);
            out.write(bytes, offset, before);
            prefix -= before;
            i += before;
        }
        // What could be the end of the script waits until something follows that shows it is none.
        int last = end;
        while (last > i && isSuffix(bytes[last - 1])) {
            last--;
        }
        if (last > i) {
            document.update(tail.bytes(), 0, tail.length(), out);
            tail.clear();
            document.update(bytes, i, last - i, out);
        }
        tail.add(bytes, last, end);
        if (tail.length() > LONGEST) {
            throw new BodyRefusedException("the script around a JSON document ends in no way that is known");
        }
    }

    private static boolean isSuffix(byte b) {
        return b == ')' || b == ';' || b == '\n' || b == '\r' || b == ' ' || b == '\t';
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        document.finish(out);
        tail.writeTo(out);
        tail.clear();
    }

    @Override
    public int masked() {
        return document.masked();
    }
}
