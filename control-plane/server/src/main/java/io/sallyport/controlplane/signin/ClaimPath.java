package io.sallyport.controlplane.signin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds claims: by the whole name first ({@code https://example.com/groups}), then by descending at dots. */
public final class ClaimPath {

    /** The claim's text; {@code null} when it is absent or not a text. */
    public static @Nullable String text(Map<String, Object> claims, String path) {
        return find(claims, path) instanceof String text && !text.isBlank() ? text : null;
    }

    /** The claim as a list of texts: a list's texts, or one text alone; empty when absent. */
    public static List<String> texts(Map<String, Object> claims, String path) {
        Object found = find(claims, path);
        if (found instanceof String text) {
            return List.of(text);
        }
        if (found instanceof Collection<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return List.of();
    }

    public static boolean has(Map<String, Object> claims, String path) {
        return find(claims, path) != null;
    }

    private static @Nullable Object find(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return whole;
        }
        // Names of claims may hold dots themselves (kubernetes.io), so every dot is tried as the place to descend.
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = find(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private ClaimPath() {}
}
