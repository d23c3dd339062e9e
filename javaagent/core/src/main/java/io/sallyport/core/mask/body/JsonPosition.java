package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in a document the reader stands, and which rule governs that place. Depth is bounded. Not thread-safe. */
final class JsonPosition {
    static final int DEEPEST = 1000;

    private final BodyRules rules;
    private final NodePath[] paths;
    private int depth;
    private boolean[] object = new boolean[16];
    private int[] index = new int[16];
    private @Nullable Mask[] masks = new Mask[16];
    private String[] contexts = new String[16];
    private long[] states;
    private final long[] next;
    private NameCache.@Nullable Name name;
    private @Nullable Mask mask;
    private String context = "";

    JsonPosition(BodyRules rules) {
        this.rules = rules;
        this.paths = rules.jsonPaths();
        this.states = new long[16 * paths.length];
        this.next = new long[paths.length];
    }

    int depth() {
        return depth;
    }

    boolean inObject() {
        return object[depth];
    }

    void member(NameCache.Name memberName) {
        name = memberName;
    }

    void nextElement() {
        index[depth]++;
    }

    /** A value begins here: works out its rule and its context. */
    void value() {
        if (depth == 0) {
            mask = null;
            context = "";
            for (int p = 0; p < paths.length; p++) {
                arrive(p, paths[p].start());
            }
            return;
        }
        mask = masks[depth];
        if (object[depth]) {
            NameCache.Name member = name;
            if (member == null) {
                throw new IllegalStateException("a member without a name");
            }
            String outer = contexts[depth];
            context = member.wraps() && !outer.isEmpty() ? outer : member.text();
            mask = Mask.first(mask, member.key());
            for (int p = 0; p < paths.length; p++) {
                arrive(p, paths[p].child(states[depth * paths.length + p], member.text()));
            }
        } else {
            context = contexts[depth];
            for (int p = 0; p < paths.length; p++) {
                arrive(p, paths[p].element(states[depth * paths.length + p], index[depth]));
            }
        }
    }

    private void arrive(int path, long reached) {
        next[path] = reached;
        if (paths[path].accepts(reached)) {
            mask = Mask.first(mask, rules.jsonMask(path));
        }
    }

    /** The rule of the value that begins here, or {@code null}. */
    @Nullable
    Mask mask() {
        return mask;
    }

    /** Name of the member that holds the value; an array's elements have the array's, and so has what only wraps a value. */
    String context() {
        return context;
    }

    /** The value is a container. */
    boolean enter(boolean isObject) {
        if (depth == DEEPEST) {
            return false;
        }
        depth++;
        if (depth == object.length) {
            object = Arrays.copyOf(object, depth * 2);
            index = Arrays.copyOf(index, depth * 2);
            masks = Arrays.copyOf(masks, depth * 2);
            contexts = Arrays.copyOf(contexts, depth * 2);
            states = Arrays.copyOf(states, depth * 2 * paths.length);
        }
        object[depth] = isObject;
        index[depth] = 0;
        masks[depth] = mask;
        contexts[depth] = context;
        System.arraycopy(next, 0, states, depth * paths.length, paths.length);
        return true;
    }

    void leave() {
        depth--;
    }
}
