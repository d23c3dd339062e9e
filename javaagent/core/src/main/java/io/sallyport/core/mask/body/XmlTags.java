package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes tags with their attributes masked, and moves the position with them. Not thread-safe. */
final class XmlTags {
    private final BodyRules rules;
    private final XmlPosition position;
    private final DetectWindow window;
    private final HeldDocument document;
    private int masked;

    XmlTags(BodyRules rules, XmlPosition position, int nesting) {
        this.rules = rules;
        this.position = position;
        this.window = new DetectWindow(rules, XmlCodec.INSTANCE);
        this.document = new HeldDocument(rules, XmlCodec.INSTANCE, nesting);
    }

    int masked() {
        return masked;
    }

    /**
     * @param raw begins with {@code <}
     * @param length up to and with {@code >}
     * @return what is wrong with it, or {@code null}
     */
    @Nullable
    String write(byte[] raw, int length, OutputStream out) throws IOException {
        return raw[1] == '/' ? end(raw, length, out) : start(raw, length, out);
    }

    private @Nullable String end(byte[] raw, int length, OutputStream out) throws IOException {
        int end = XmlTag.endOfName(raw, 2, length);
        if (XmlTag.skipSpace(raw, end, length) != length - 1) {
            return "a broken end tag";
        } else if (!position.leave(new String(raw, 2, end - 2, StandardCharsets.UTF_8))) {
            return "an end tag without its start tag";
        }
        out.write(raw, 0, length);
        return null;
    }

    private @Nullable String start(byte[] raw, int length, OutputStream out) throws IOException {
        XmlTag tag = XmlTag.read(raw, length);
        if (tag == null) {
            return "a tag that is not well-formed";
        } else if (!position.enter(tag.name())) {
            return "nested deeper than " + XmlPosition.DEEPEST;
        }
        int copied = 0;
        for (XmlTag.Attribute attribute : tag.attributes()) {
            copied = attribute(raw, attribute, copied, out);
        }
        out.write(raw, copied, length - copied);
        if (tag.empty()) {
            position.leave(tag.name());
        }
        return null;
    }

    /** Writes up to the end of an attribute's value if it is masked; returns how far the tag is written. */
    private int attribute(byte[] raw, XmlTag.Attribute attribute, int copied, OutputStream out) throws IOException {
        int from = attribute.from();
        int to = attribute.to();
        Mask mask = position.attribute(attribute.name());
        if (mask != null && to > from) {
            out.write(raw, copied, from - copied);
            String result = to - from > FieldMask.LONGEST
                    ? mask.replacement()
                    : mask.text(XmlCodec.INSTANCE.decode(raw, from, to));
            out.write(XmlCodec.INSTANCE.encode(result == null ? "" : result));
            masked++;
            return to;
        }
        document.begin(mask != null);
        byte[] nested = document.isText(raw, from, to) ? null : document.mask(raw, from, to);
        if (nested != null) {
            out.write(raw, copied, from - copied);
            window.begin(position.context(attribute.name()));
            window.add(nested, 0, nested.length, out);
            window.end(out);
            masked++;
            return to;
        }
        if (mask == null && rules.detects()) {
            List<Finding> findings = window.find(raw, from, to, position.context(attribute.name()));
            if (!findings.isEmpty()) {
                out.write(raw, copied, from - copied);
                window.writeMasked(raw, from, to, findings, out);
                masked++;
                return to;
            }
        }
        return copied;
    }
}
