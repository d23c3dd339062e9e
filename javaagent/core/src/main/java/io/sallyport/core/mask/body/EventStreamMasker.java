package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.detect.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Server-sent events (WHATWG HTML section 9.2). The data lines of one event are one text: a JSON document is masked as such, other text
 * by the detectors. So is each line of another field, and each comment. Each event leaves as a whole when its blank line has come.
 */
final class EventStreamMasker implements BodyMasker {
    private static final int LONGEST_EVENT = 1024 * 1024;
    private static final int LONGEST_FRAME = 64;

    /** One line of an event: what stands before its value, its value, and how it ends. */
    private record Line(byte[] raw, int value, int end) {
        boolean isData() {
            return raw.length >= 4
                    && raw[0] == 'd'
                    && raw[1] == 'a'
                    && raw[2] == 't'
                    && raw[3] == 'a'
                    && (end == 4 || (raw.length > 4 && raw[4] == ':'));
        }
    }

    private final BodyRules rules;
    private final DetectWindow window;
    private final Held line = new Held();
    private final List<Line> event = new ArrayList<>();
    private int eventBytes;
    private boolean first = true;
    private boolean afterCarriageReturn;
    private long at;
    private int masked;

    EventStreamMasker(BodyRules rules) {
        this.rules = rules;
        this.window = new DetectWindow(rules, TextCodec.PLAIN);
    }

    @Override
    public int masked() {
        return masked;
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++, at++) {
            byte b = bytes[i];
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (b != '\n') {
                    line.add(bytes, start, i);
                    start = i;
                    lineEnded(out);
                }
            }
            if (b == '\n') {
                line.add(bytes, start, i + 1);
                start = i + 1;
                lineEnded(out);
            } else if (b == '\r') {
                afterCarriageReturn = true;
            }
        }
        line.add(bytes, start, offset + length);
        if (line.length() + eventBytes > LONGEST_EVENT) {
            throw rules.refusal("an event stream", at, "an event longer than " + LONGEST_EVENT + " bytes");
        }
    }

    private void lineEnded(OutputStream out) throws IOException {
        byte[] raw = Arrays.copyOf(line.bytes(), line.length());
        line.clear();
        if (first) {
            first = false;
            if (raw.length >= 3 && raw[0] == (byte) 0xEF && raw[1] == (byte) 0xBB && raw[2] == (byte) 0xBF) {
                out.write(raw, 0, 3);
                raw = Arrays.copyOfRange(raw, 3, raw.length);
            }
        }
        int end = raw.length;
        while (end > 0 && (raw[end - 1] == '\n' || raw[end - 1] == '\r')) {
            end--;
        }
        if (end == 0) {
            eventEnded(out);
            out.write(raw);
            return;
        }
        int value = 0;
        while (value < end && raw[value] != ':') {
            value++;
        }
        value = Math.min(end, value + 1);
        if (value < end && raw[value] == ' ') {
            value++;
        }
        event.add(new Line(raw, value, end));
        eventBytes += raw.length;
    }

    private void eventEnded(OutputStream out) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int lines = 0;
        for (Line each : event) {
            if (each.isData()) {
                if (lines++ > 0) {
                    data.write('\n');
                }
                data.write(each.raw, each.value, each.end - each.value);
            }
        }
        byte[] clear = data.toByteArray();
        int before = masked;
        byte[] result = masked(clear, true);
        int from = 0;
        for (Line each : event) {
            if (!each.isData()) {
                maskText(each, out);
                continue;
            }
            if (before == masked) {
                out.write(each.raw);
                continue;
            }
            int to = from;
            // Fewer line breaks than before leave empty lines; a text mask makes none of its own.
            while (to < result.length && result[to] != '\n') {
                to++;
            }
            out.write(each.raw, 0, each.value);
            out.write(result, from, to - from);
            out.write(each.raw, each.end, each.raw.length - each.end);
            from = Math.min(result.length, to + 1);
        }
        event.clear();
        eventBytes = 0;
    }

    /** @param data the event's own text, which is JSON if it looks like it */
    private byte[] masked(byte[] clear, boolean data) throws IOException {
        int first = XmlTag.skipSpace(clear, 0, clear.length);
        if (first == clear.length) {
            return clear;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(clear.length);
        int framed = data ? afterFrame(clear, first) : first;
        if (clear[framed] == '{' || clear[framed] == '[' || clear[framed] == '"') {
            try {
                out.write(clear, 0, framed);
                JsonMasker json = new JsonMasker(rules, false);
                json.update(clear, framed, clear.length - framed, out);
                json.finish(out);
                masked += json.masked();
                return out.toByteArray();
            } catch (BodyRefusedException noJson) {
                boolean told = clear[framed] != '"' && !isMarker(clear) && (framed == first || isJson(clear, framed));
                if (data ? told : rules.named(TextCodec.PLAIN.decode(clear, 0, clear.length)) != null) {
                    throw noJson;
                }
                out.reset();
            }
        }
        if (clear[first] == '<' && rules.governsMarkup()) {
            String document = new NestedDocument(rules, 0).mask(TextCodec.PLAIN.decode(clear, 0, clear.length));
            if (document != null) {
                masked++;
                return found(document.getBytes(StandardCharsets.UTF_8), out);
            }
        }
        return found(clear, out);
    }

    private byte[] found(byte[] clear, ByteArrayOutputStream out) throws IOException {
        List<Finding> findings = rules.detects() ? window.find(clear, 0, clear.length, "") : List.of();
        if (findings.isEmpty()) {
            return clear;
        }
        window.writeMasked(clear, 0, clear.length, findings, out);
        masked++;
        return out.toByteArray();
    }

    /**
     * Where a document begins behind what SockJS ({@code a["…"]}) and Socket.IO ({@code 42/chat,["message",{…}]}) write before it, or
     * {@code first}.
     */
    private static int afterFrame(byte[] data, int first) {
        int i = first;
        while (i < data.length && i - first < LONGEST_FRAME && isOfFrame(data[i])) {
            i++;
        }
        boolean document = i > first && i < data.length && (data[i] == '[' || data[i] == '{');
        return document ? i : first;
    }

    private static boolean isOfFrame(byte b) {
        return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '/' || b == ',' || b == '-' || b == '_';
    }

    private static boolean isJson(byte[] data, int from) {
        return Structure.of(TextCodec.PLAIN.decode(data, from, data.length), true) == Structure.JSON;
    }

    /** {@code [DONE]} and the like: a bracket, but no JSON that could hold a member. */
    private static boolean isMarker(byte[] data) {
        for (byte b : data) {
            if (b == '"' || b == '{') {
                return false;
            }
        }
        return data.length <= 64;
    }

    private void maskText(Line other, OutputStream out) throws IOException {
        out.write(other.raw, 0, other.value);
        out.write(masked(Arrays.copyOfRange(other.raw, other.value, other.end), false));
        out.write(other.raw, other.end, other.raw.length - other.end);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (line.length() > 0) {
            lineEnded(out);
        }
        eventEnded(out);
    }
}
