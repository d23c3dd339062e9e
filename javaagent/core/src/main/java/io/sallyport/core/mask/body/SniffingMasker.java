package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Looks at the first bytes of a body before it chooses the masker: for a charset or a format that no header names. */
final class SniffingMasker implements BodyMasker {

    /** Chooses by the first bytes. */
    interface Sniffer {
        /**
         * @param last whether no more bytes will come
         * @return {@code null} while more bytes are needed
         */
        @Nullable
        BodyMasker choose(byte[] head, int length, boolean last);
    }

    private final Sniffer sniffer;
    private final Held head = new Held();
    private @Nullable BodyMasker chosen;

    SniffingMasker(Sniffer sniffer) {
        this.sniffer = sniffer;
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (chosen != null) {
            chosen.update(bytes, offset, length, out);
            return;
        }
        head.add(bytes, offset, offset + length);
        choose(false, out);
    }

    private void choose(boolean last, OutputStream out) throws IOException {
        BodyMasker masker = sniffer.choose(head.bytes(), head.length(), last);
        if (masker != null) {
            chosen = masker;
            masker.update(head.bytes(), 0, head.length(), out);
            head.clear();
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (chosen == null) {
            choose(true, out);
        }
        if (chosen != null) {
            chosen.finish(out);
        }
    }

    @Override
    public boolean passes() {
        return chosen != null && chosen.passes();
    }

    @Override
    public int masked() {
        return chosen == null ? 0 : chosen.masked();
    }
}
