package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open elements of a document, and which rule governs each. Depth is bounded. Not thread-safe. */
final class XmlPosition {
    static final int DEEPEST = 1000;
    private static final Set<String> STRUCTURE = Set.of(
            "xml:space", "xml:lang", "xsi:nil", "xsi:type", "xsi:schemaLocation", "xsi:noNamespaceSchemaLocation");

    private final BodyRules rules;
    private final NodePath[] paths;
    private int depth;
    private String[] names = new String[16];
    private @Nullable Mask[] masks = new Mask[16];
    private long[] states;

    XmlPosition(BodyRules rules) {
        this.rules = rules;
        this.paths = rules.xmlPaths();
        this.states = new long[16 * paths.length];
        for (int p = 0; p < paths.length; p++) {
            states[p] = paths[p].start();
        }
    }

    int depth() {
        return depth;
    }

    /** Opens an element; {@code false} if it is too deep. */
    boolean enter(String name) {
        if (depth == DEEPEST) {
            return false;
        }
        depth++;
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            masks = Arrays.copyOf(masks, depth * 2);
            states = Arrays.copyOf(states, depth * 2 * paths.length);
        }
        String local = XmlTag.local(name);
        Mask mask = Mask.first(masks[depth - 1], keyed(name, local));
        for (int p = 0; p < paths.length; p++) {
            long reached = paths[p].child(states[(depth - 1) * paths.length + p], local);
            states[depth * paths.length + p] = reached;
            if (paths[p].accepts(reached)) {
                mask = Mask.first(mask, rules.xmlMask(p));
            }
        }
        names[depth] = name;
        masks[depth] = mask;
        return true;
    }

    private @Nullable Mask keyed(String name, String local) {
        Mask byLocal = rules.memberKey(local);
        return local.length() == name.length() ? byLocal : Mask.first(byLocal, rules.key(name));
    }

    /** Closes an element; {@code false} if another one is open. */
    boolean leave(String name) {
        if (depth == 0 || !name.equals(names[depth])) {
            return false;
        }
        depth--;
        return true;
    }

    /** Rule of the open element's text, or {@code null}. */
    @Nullable
    Mask mask() {
        return masks[depth];
    }

    /** Local name of the open element, or of the one around it that it only wraps the value of. */
    String context() {
        if (depth == 0) {
            return "";
        }
        int named = depth;
        while (named > 1 && WrapperNames.isOne(XmlTag.local(names[named]))) {
            named--;
        }
        return XmlTag.local(names[named]);
    }

    /** Likewise of an attribute of the open element. */
    String context(String attribute) {
        String local = XmlTag.local(attribute);
        return WrapperNames.isOne(local) ? context() : local;
    }

    /** Rule of an attribute of the open element; those that carry structure are never masked as leaves. */
    @Nullable
    Mask attribute(String name) {
        String local = XmlTag.local(name);
        boolean structure = name.equals("xmlns") || name.startsWith("xmlns:") || STRUCTURE.contains(name);
        Mask mask = structure ? null : Mask.first(masks[depth], keyed(name, local));
        for (int p = 0; p < paths.length && !structure; p++) {
            if (paths[p].accepts(paths[p].child(states[depth * paths.length + p], "@" + local))) {
                mask = Mask.first(mask, rules.xmlMask(p));
            }
        }
        return mask;
    }
}
