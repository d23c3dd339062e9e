package io.sallyport.core.mask.detect;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * Masks findings in a character stream of any length. A window is held, whose last part is looked at again with what follows, so
 * that nothing hides at a border. Not thread-safe.
 */
final class DetectingReader extends Reader {
    private static final int WINDOW = 128 * 1024;
    private static final int OVERLAP = 20 * 1024;

    private final DetectorMask mask;
    private final Reader clear;
    private final char[] chunk = new char[8192];
    private final StringBuilder window = new StringBuilder();
    private String released = "";
    private int position;
    private boolean ended;

    DetectingReader(DetectorMask mask, Reader clear) {
        this.mask = mask;
        this.clear = clear;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == released.length()) {
            if (ended) {
                return -1;
            }
            refill();
        }
        int n = Math.min(length, released.length() - position);
        released.getChars(position, position + n, target, offset);
        position += n;
        return n;
    }

    private void refill() throws IOException {
        while (!ended && window.length() < WINDOW) {
            int n = clear.read(chunk, 0, chunk.length);
            if (n < 0) {
                ended = true;
            } else {
                window.append(chunk, 0, n);
            }
        }
        String text = window.toString();
        List<Finding> findings = mask.findings(text);
        int cut = ended ? text.length() : text.length() - OVERLAP;
        for (Finding finding : findings) {
            if (finding.start() < cut && finding.end() > cut) {
                cut = finding.start();
            }
        }
        if (cut == 0 && !findings.isEmpty()) {
            // One finding as long as the window: nothing of it may leave, and where it ends cannot be told.
            cut = text.length();
            ended = true;
        }
        released = mask.masked(text, findings, cut);
        position = 0;
        window.delete(0, cut);
    }

    @Override
    public void close() throws IOException {
        clear.close();
    }
}
