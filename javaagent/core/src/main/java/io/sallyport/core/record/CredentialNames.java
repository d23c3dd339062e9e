package io.sallyport.core.record;

/** Names of columns and functions whose values may be credentials: those are not even hashed, because a password is found by trying. */
public final class CredentialNames {

    private static final String[] PARTS = {
        "passw", "passphrase", "pwd", "secret", "token", "credential", "apikey", "api_key", "api-key", "privatekey",
        "private_key", "private-key", "accesskey", "access_key", "access-key", "crypt", "digest", "hmac", "dblink",
                "salt",
        "identified"
    };

    private static final String[] HEADERS = {"authorization", "cookie"};

    private static final int LONGEST = 40;

    private CredentialNames() {}

    /** Whether what is called so may be a credential. */
    public static boolean mayName(String name) {
        return holds(PARTS, name, 0, name.length());
    }

    /** Whether a value is the name of one, and the value behind it may be that: {@code VALUES ('smtp.password', …)}. */
    public static boolean isName(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isLetterOrDigit(c) && "_-.:/".indexOf(c) < 0) {
                return false;
            }
        }
        return value.length() <= LONGEST && mayName(value);
    }

    /** The same for a part of a text that says what stands behind it, which may be a header field's name too. Allocates nothing. */
    static boolean mayName(String text, int from, int to) {
        return holds(PARTS, text, from, to) || holds(HEADERS, text, from, to);
    }

    private static boolean holds(String[] parts, String text, int from, int to) {
        for (String part : parts) {
            for (int i = from; i + part.length() <= to; i++) {
                if (text.regionMatches(true, i, part, 0, part.length())) {
                    return true;
                }
            }
        }
        return false;
    }
}
