package io.sallyport.core.record;

import org.jspecify.annotations.Nullable;

/**
 * Names of threads and users as records show them. Which of them need no change is remembered by the very object, since a pool's threads make
 * call after call: they are looked at once, and nothing is allocated. Thread-safe; a race costs another look.
 */
final class ShownNames {

    private static final int MOST = 256;

    /** A place for each hash: a name that takes another's place is looked at again. */
    private final @Nullable String[] threads = new @Nullable String[MOST];

    private final @Nullable String[] users = new @Nullable String[MOST];

    String thread(String name) {
        int place = name.hashCode() & MOST - 1;
        return isSame(threads[place], name) ? name : kept(name, ShownText.of(name), threads, place);
    }

    String user(String name) {
        int place = name.hashCode() & MOST - 1;
        return isSame(users[place], name) ? name : kept(name, ShownText.ofUser(name), users, place);
    }

    private static String kept(String name, String shown, @Nullable String[] plain, int place) {
        if (shown.equals(name)) {
            plain[place] = name;
            return name;
        }
        return shown;
    }

    @SuppressWarnings("ReferenceEquality") // the very object was looked at, which is all that is asked
    private static boolean isSame(@Nullable String known, String name) {
        return known == name;
    }
}
