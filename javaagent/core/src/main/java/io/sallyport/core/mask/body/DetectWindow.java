package io.sallyport.core.mask.body;

import io.sallyport.core.mask.detect.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Masks findings in one text of any length. Short texts are looked at as a whole; of longer ones a window is held, whose last part
 * is looked at again with what follows, so that nothing hides at a border. Not thread-safe; reusable after {@link #end}.
 */
final class DetectWindow {
    static final int WINDOW = 128 * 1024;
    static final int OVERLAP = 20 * 1024;

    private final BodyRules rules;
    private final TextCodec codec;
    private final Held held = new Held();
    private String context = "";
    private boolean swallow;
    private boolean touched;
    private int findings;

    DetectWindow(BodyRules rules, TextCodec codec) {
        this.rules = rules;
        this.codec = codec;
    }

    /** Findings in a text that is at hand as a whole. */
    List<Finding> find(byte[] raw, int from, int to, String contextName) {
        return rules.mayFind(raw, from, to) ? rules.find(codec.decode(raw, from, to), contextName) : List.of();
    }

    /** Writes a text with its findings masked. */
    void writeMasked(byte[] raw, int from, int to, List<Finding> findings, OutputStream out) throws IOException {
        int[] offsets = new int[to - from + 2];
        String text = codec.decode(raw, from, to, offsets);
        int copied = write(raw, from, text, offsets, findings, Integer.MAX_VALUE, out);
        out.write(raw, copied, to - copied);
    }

    /** Findings masked since construction. */
    int findings() {
        return findings;
    }

    void begin(String contextName) {
        context = contextName;
        held.clear();
        swallow = false;
        touched = false;
    }

    void add(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int start = from;
        while (start < to && !swallow) {
            int end = Math.min(to, start + WINDOW - held.length());
            held.add(bytes, start, end);
            start = end;
            if (held.length() >= WINDOW) {
                release(out);
            }
        }
    }

    /** Writes the rest; tells whether something was masked since {@link #begin}. */
    boolean end(OutputStream out) throws IOException {
        if (!swallow && held.length() > 0) {
            List<Finding> findings = find(held.bytes(), 0, held.length(), context);
            if (findings.isEmpty()) {
                held.writeTo(out);
            } else {
                writeMasked(held.bytes(), 0, held.length(), findings, out);
            }
        }
        held.clear();
        return touched;
    }

    /** Writes up to and including the last finding that ends at or before {@code cut}; returns the index after it. */
    private int write(byte[] raw, int from, String text, int[] offsets, List<Finding> found, int cut, OutputStream out)
            throws IOException {
        int copied = from;
        for (Finding finding : found) {
            if (finding.end() > cut) {
                break;
            }
            int start = offsets[finding.start()];
            out.write(raw, copied, start - copied);
            String replacement = rules.maskOf(finding).text(text.substring(finding.start(), finding.end()));
            if (replacement != null) {
                out.write(codec.encode(replacement));
            }
            touched = true;
            this.findings++;
            copied = offsets[finding.end()];
        }
        return copied;
    }

    /** The window is full: writes its first part, keeps the rest. */
    private void release(OutputStream out) throws IOException {
        byte[] raw = held.bytes();
        int length = held.length();
        String text = codec.decode(raw, 0, length);
        List<Finding> findings = rules.mayFind(raw, 0, length) ? rules.find(text, context) : List.of();
        int[] offsets = offsets(raw, length, text.length());
        int cut = cutBefore(offsets, text.length(), length - OVERLAP);
        for (Finding finding : findings) {
            if (finding.start() < cut && finding.end() > cut) {
                cut = finding.start();
            }
        }
        if (cut == 0) {
            // One finding as long as the window: nothing of it may leave, and where it ends cannot be told.
            write(raw, 0, text, offsets, findings.subList(0, 1), Integer.MAX_VALUE, out);
            swallow = true;
            return;
        }
        int copied = write(raw, 0, text, offsets, findings, cut, out);
        int rest = Math.max(copied, offsets[cut]);
        out.write(raw, copied, rest - copied);
        held.dropFirst(rest);
    }

    /** Where each char comes from: a text of as many chars as bytes has one of each. */
    private int[] offsets(byte[] raw, int length, int chars) {
        int[] offsets = new int[length + 2];
        if (chars == length) {
            Arrays.setAll(offsets, i -> Math.min(i, length));
        } else {
            codec.decode(raw, 0, length, offsets);
        }
        return offsets;
    }

    /** A char index that starts a unit of the raw text, at or before a raw index. */
    private static int cutBefore(int[] offsets, int chars, int rawIndex) {
        int low = 0;
        int high = chars;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (offsets[middle] <= rawIndex) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        while (low > 0 && offsets[low] == offsets[low - 1]) {
            low--;
        }
        return low;
    }
}
