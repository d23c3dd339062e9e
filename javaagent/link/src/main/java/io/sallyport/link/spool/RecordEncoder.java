package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.RecordedCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the form in which lanes and blocks hold them; {@link RecordDecoder} reads it and {@code docs/recording.md} has it for
 * others. Not thread-safe: belongs to who has claimed the lane, and is used again and again so that nothing is allocated.
 *
 * <p>A record's members stand in the order of {@link #write}. Numbers are base-128 (least significant group first, the high bit says that
 * more follows), signed ones zigzag. A text begins with a number whose lowest two bits tell what it is:
 *
 * <pre>
 *   n &lt;&lt; 2      n bytes of UTF-8 follow
 *   i &lt;&lt; 2 | 1  the text with index i
 *   n &lt;&lt; 2 | 2  n bytes of UTF-8 follow, and the text gets the next index (from 0 in each chunk)
 * </pre>
 */
final class RecordEncoder {

    /** Bytes before the record that are kept free for its number. */
    static final int HEAD = 8;

    /** Longest text of any member but {@code detail}. In characters. */
    static final int MAX_TEXT = 2 * 1024;

    static final int VERDICT = 1;
    static final int RULES = 1 << 1;
    static final int WOULD_HAVE = 1 << 2;
    static final int ROWS = 1 << 3;
    static final int MASKED = 1 << 4;
    static final int CALL_SITE = 1 << 5;
    static final int TICKET = 1 << 6;
    static final int PERSONS = 1 << 7;
    static final int REASON = 1 << 8;
    static final int MICROS = 1 << 9;
    static final int TLS = 1 << 10;
    static final int ERROR = 1 << 11;

    private static final int MAX_LIST = 64;

    private final Names names = new Names();
    private final int maxDetail;
    private final Growing out = new Growing();

    /** @param maxDetail longest {@code detail} in characters; longer ones are cut */
    RecordEncoder(int maxDetail) {
        this.maxDetail = maxDetail;
    }

    /** A new chunk begins, which holds no texts yet. */
    void newChunk() {
        names.clear();
    }

    byte[] bytes() {
        return out.bytes;
    }

    /** Length with the {@link #HEAD}. */
    int length() {
        return out.length;
    }

    /** @param base of the chunk, microseconds since 1970 */
    void event(Event e, long base) {
        long at = Math.addExact(Math.multiplyExact(e.at().getEpochSecond(), 1_000_000L), e.at().getNano() / 1_000);
        out.reset(HEAD);
        start(e.type().name(), flags(e), at - base);
        inline(e.call());
        subject(e.session(), e.target(), e.summary(), e.detail(), e.thread());
        named(e.verdict());
        list(e.rules());
        named(e.wouldHave());
        if (e.rows() != -1) {
            out.signed(e.rows());
        }
        list(e.masked());
        named(e.callSite());
        optional(e.ticket());
        list(e.persons());
        optional(e.reason());
        if (e.micros() != -1) {
            out.signed(e.micros());
        }
        named(e.tls());
        optional(e.error());
    }

    void admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
        int flags = VERDICT | (rules.isEmpty() ? 0 : RULES) | (masked.isEmpty() ? 0 : MASKED);
        call(Event.Type.DECISION, flags, call, at);
        named(verdict);
        list(rules);
        list(masked);
        named(call.callSite());
    }

    void completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
        int flags = (rows == -1 ? 0 : ROWS) | (masked.isEmpty() ? 0 : MASKED) | MICROS;
        call(Event.Type.RESULT, flags, call, at);
        if (rows != -1) {
            out.signed(rows);
        }
        list(masked);
        named(call.callSite());
        out.signed(micros);
    }

    private void call(Event.Type type, int flags, RecordedCall call, long sinceBase) {
        out.reset(HEAD);
        start(type.name(), flags | (call.callSite() == null ? 0 : CALL_SITE), sinceBase);
        out.ensure(72);
        // One byte for the length: an id is shorter than 32.
        int length = out.length;
        int end = call.writeId(out.bytes, length + 2);
        int idBytes = end - length - 2;
        out.bytes[length] = (byte) ((idBytes << 2 & 0x7f) | 0x80);
        out.bytes[length + 1] = (byte) (idBytes >>> 5);
        out.length = end;
        subject(call.session(), call.target(), call.summary(), call.detail(), call.thread());
    }

    private void start(String type, int flags, long sinceBase) {
        named(type);
        out.unsigned(flags);
        out.signed(sinceBase);
    }

    private void subject(
            @Nullable String session,
            @Nullable String target,
            @Nullable String summary,
            @Nullable String detail,
            @Nullable String thread) {
        named(session == null ? "" : session);
        named(target == null ? "" : target);
        named(summary == null ? "" : summary);
        named(detail == null ? "" : detail, maxDetail);
        named(thread == null ? "" : thread);
    }

    private static int flags(Event e) {
        return flag(e.verdict(), VERDICT)
                | flag(e.rules(), RULES)
                | flag(e.wouldHave(), WOULD_HAVE)
                | (e.rows() == -1 ? 0 : ROWS)
                | flag(e.masked(), MASKED)
                | flag(e.callSite(), CALL_SITE)
                | flag(e.ticket(), TICKET)
                | flag(e.persons(), PERSONS)
                | flag(e.reason(), REASON)
                | (e.micros() == -1 ? 0 : MICROS)
                | flag(e.tls(), TLS)
                | flag(e.error(), ERROR);
    }

    private static int flag(@Nullable Object member, int flag) {
        return member == null || member instanceof List<?> list && list.isEmpty() ? 0 : flag;
    }

    private void list(@Nullable List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return;
        }
        int n = Math.min(texts.size(), MAX_LIST);
        out.unsigned(n);
        for (int i = 0; i < n; i++) {
            named(texts.get(i));
        }
    }

    private void named(@Nullable String text) {
        if (text != null) {
            named(text, MAX_TEXT);
        }
    }

    private void named(String text, int most) {
        String kept = cut(text, most);
        int index = names.index(kept);
        if (index >= 0) {
            out.unsigned((long) index << 2 | 1);
        } else {
            out.text(kept, names.define(kept) ? 2 : 0);
        }
    }

    private void optional(@Nullable String text) {
        if (text != null) {
            inline(text);
        }
    }

    private void inline(@Nullable String text) {
        out.text(text == null ? "" : cut(text, MAX_TEXT), 0);
    }

    private static String cut(String text, int most) {
        int length = text.length();
        return length <= most ? text : text.substring(0, most) + "… (" + length + " characters)";
    }
}
