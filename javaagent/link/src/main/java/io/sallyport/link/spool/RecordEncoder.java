package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.RecordedCall;
import java.util.List;
import java.util.Map;
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
    static final int VALUES = 1 << 12;
    static final int TRANSACTION = 1 << 13;
    static final int TRACE = 1 << 14;
    static final int USER = 1 << 15;
    static final int BYTES = 1 << 16;
    static final int CELLS = 1 << 17;
    static final int SAMPLE = 1 << 18;

    /** Longest sample, and values with it, in characters; what makes them keeps them shorter. */
    static final int MAX_SAMPLE = 8 * 1024;

    private static final int MAX_LIST = 64;

    // Places of texts that are mostly the same from one record to the next.
    private static final int DECISION_AT = 0;
    private static final int RESULT_AT = 1;
    private static final int OTHER_AT = 2;
    private static final int SESSION_AT = 3;
    private static final int TARGET_AT = 4;
    private static final int SUMMARY_AT = 5;
    private static final int DETAIL_AT = 6;
    private static final int THREAD_AT = 7;
    private static final int VERDICT_AT = 8;
    private static final int CALL_SITE_AT = 9;
    private static final int TRANSACTION_AT = 10;
    private static final int TRACE_AT = 11;
    private static final int USER_AT = 12;
    private static final int PLACES = 13;

    private final Names names = new Names();

    /** The text that stood last in each place, and its index: mostly the very same object comes again. */
    private final @Nullable String[] lastTexts = new @Nullable String[PLACES];

    private final int[] lastIndices = new int[PLACES];
    private final int maxDetail;
    private final Growing out = new Growing();
    private int flagsAt;

    /** @param maxDetail longest {@code detail} in characters; longer ones are cut */
    RecordEncoder(int maxDetail) {
        this.maxDetail = maxDetail;
    }

    /** A new chunk begins, which holds no texts yet. */
    void newChunk() {
        names.clear();
        java.util.Arrays.fill(lastTexts, null);
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
        start(e.type().name(), OTHER_AT, flags(e), at - base);
        inline(e.call());
        subject(e.session(), e.target(), e.summary(), e.detail(), e.thread());
        named(e.verdict());
        list(e.rules());
        named(e.wouldHave());
        if (e.rows() != -1) {
            out.signed(e.rows());
        }
        list(e.masked());
        named(e.callSite(), CALL_SITE_AT);
        optional(e.ticket());
        list(e.persons());
        optional(e.reason());
        if (e.micros() != -1) {
            out.signed(e.micros());
        }
        named(e.tls());
        optional(e.error());
        if (e.values() != null) {
            out.text(cut(e.values(), Math.min(MAX_SAMPLE, maxDetail)), 0);
        }
        named(e.transaction());
        named(e.trace());
        named(e.user());
        if (e.bytes() != null) {
            out.signed(e.bytes());
        }
        cells(e.cells());
        if (e.sample() != null) {
            out.text(cut(e.sample(), Math.min(MAX_SAMPLE, maxDetail)), 0);
        }
    }

    void admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
        int flags = VERDICT | VALUES | (rules.isEmpty() ? 0 : RULES) | (masked.isEmpty() ? 0 : MASKED);
        call(Event.Type.DECISION, flags, call, at);
        named(verdict, VERDICT_AT);
        list(rules);
        list(masked);
        named(call.callSite(), CALL_SITE_AT);
        values(call);
        circumstances(call);
    }

    void completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
        int flags = (rows == -1 ? 0 : ROWS) | (masked.isEmpty() ? 0 : MASKED) | MICROS;
        call(Event.Type.RESULT, flags, call, at);
        if (rows != -1) {
            out.signed(rows);
        }
        list(masked);
        named(call.callSite(), CALL_SITE_AT);
        out.signed(micros);
        circumstances(call);
    }

    /** A text whose length is known when it is there: three bytes are kept for it. */
    private void values(RecordedCall call) {
        out.ensure(3 + RecordedCall.MOST_VALUES);
        int from = out.length + 3;
        int end = call.writeValues(out.bytes, from);
        if (end == from) {
            clear(VALUES);
            return;
        }
        int head = end - from << 2;
        out.bytes[from - 3] = (byte) (head & 0x7f | 0x80);
        out.bytes[from - 2] = (byte) (head >>> 7 & 0x7f | 0x80);
        out.bytes[from - 1] = (byte) (head >>> 14);
        out.length = end;
    }

    private void circumstances(RecordedCall call) {
        named(call.transaction(), TRANSACTION_AT);
        named(call.trace(), TRACE_AT);
        named(call.user(), USER_AT);
    }

    private void cells(@Nullable Map<String, Long> cells) {
        if (cells == null || cells.isEmpty()) {
            return;
        }
        out.unsigned(cells.size());
        cells.forEach((rule, count) -> {
            named(rule);
            out.unsigned(count);
        });
    }

    private void call(Event.Type type, int flags, RecordedCall call, long sinceBase) {
        out.reset(HEAD);
        int more = flag(call.callSite(), CALL_SITE)
                | flag(call.transaction(), TRANSACTION)
                | flag(call.trace(), TRACE)
                | flag(call.user(), USER);
        start(type.name(), type == Event.Type.DECISION ? DECISION_AT : RESULT_AT, flags | more, sinceBase);
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

    private void start(String type, int place, int flags, long sinceBase) {
        named(type, place);
        flagsAt = out.length;
        out.unsigned(flags);
        out.signed(sinceBase);
    }

    /** Takes back a flag that is not the highest: the number keeps its length. */
    private void clear(int flag) {
        int at = flagsAt + Integer.numberOfTrailingZeros(flag) / 7;
        out.bytes[at] &= (byte) ~(1 << Integer.numberOfTrailingZeros(flag) % 7);
    }

    private void subject(
            @Nullable String session,
            @Nullable String target,
            @Nullable String summary,
            @Nullable String detail,
            @Nullable String thread) {
        named(session == null ? "" : session, SESSION_AT, MAX_TEXT);
        named(target == null ? "" : target, TARGET_AT, MAX_TEXT);
        named(summary == null ? "" : summary, SUMMARY_AT, MAX_TEXT);
        named(detail == null ? "" : detail, DETAIL_AT, maxDetail);
        named(thread == null ? "" : thread, THREAD_AT, MAX_TEXT);
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
                | flag(e.error(), ERROR)
                | flag(e.values(), VALUES)
                | flag(e.transaction(), TRANSACTION)
                | flag(e.trace(), TRACE)
                | flag(e.user(), USER)
                | flag(e.bytes(), BYTES)
                | (e.cells() == null || e.cells().isEmpty() ? 0 : CELLS)
                | flag(e.sample(), SAMPLE);
    }

    private static int flag(@Nullable Object member, int flag) {
        return member == null ? 0 : flag;
    }

    private static int flag(@Nullable List<String> member, int flag) {
        return member == null || member.isEmpty() ? 0 : flag;
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
            define(cut(text, MAX_TEXT));
        }
    }

    private void named(@Nullable String text, int place) {
        if (text != null) {
            named(text, place, MAX_TEXT);
        }
    }

    @SuppressWarnings("ReferenceEquality") // other objects with the same characters are found by Names
    private void named(String text, int place, int most) {
        if (lastTexts[place] == text) {
            out.unsigned((long) lastIndices[place] << 2 | 1);
            return;
        }
        int index = define(cut(text, most));
        lastTexts[place] = index < 0 ? null : text;
        lastIndices[place] = index;
    }

    /** @return the text's index; -1 where it has none */
    private int define(String text) {
        int index = names.index(text);
        if (index >= 0) {
            out.unsigned((long) index << 2 | 1);
            return index;
        }
        int fresh = names.define(text);
        out.text(text, fresh < 0 ? 0 : 2);
        return fresh;
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
