package io.sallyport.core.record.credential;

/** Names of columns and functions whose values may be credentials: those are not even hashed, because a password is found by trying. */
public final class CredentialNames {

    private static final String[] NONE = {};
    private static final String[] AC = {"accesskey", "access_key", "access-key"};
    private static final String[] AP = {"apikey", "api_key", "api-key"};
    private static final String[] CR = {"credential", "crypt"};
    private static final String[] DB = {"dblink"};
    private static final String[] DI = {"digest"};
    private static final String[] HM = {"hmac"};
    private static final String[] ID = {"identified"};
    private static final String[] KE = {"kennwort"};
    private static final String[] PA = {"passw", "passphrase", "passcode"};
    private static final String[] PR = {"privatekey", "private_key", "private-key"};
    private static final String[] PW = {"pwd"};
    private static final String[] SA = {"salt"};
    private static final String[] SE = {"secret"};
    private static final String[] TO = {"token"};

    /** What says of a text behind or beside it that it is one, and of a column little. */
    private static final String[] AC_IN_TEXT = {"accountkey", "account_key"};

    private static final String[] AM_IN_TEXT = {"amz-signature"};
    private static final String[] AU_IN_TEXT = {"authorization"};
    private static final String[] CO_IN_TEXT = {"cookie"};

    /** What may follow a {@link #word}: {@code pass_hash}, {@code pinCode}. Of {@code pass_count} and {@code pin_date} it is another thing. */
    private static final String[] BEHIND_WORDS = {"hash", "code", "value", "old", "new", "plain"};

    /** What makes an ordinary word of {@code pass} and {@code pw} at the end: {@code userpass} is none. */
    private static final String[] BEFORE_PASS = {"com", "by", "tres", "over", "under", "sur"};

    private static final String[] BEFORE_PW = {
        "user", "db", "admin", "my", "root", "auth", "login", "ldap", "mail", "smtp"
    };

    private static final int MOST_SPACES = 3;

    /** The characters that a name can begin with: few in most texts. */
    private static final boolean[] BEGINS = begins();

    private static final boolean[] OF_NAMES = ofNames();

    private CredentialNames() {}

    private static boolean[] ofNames() {
        boolean[] of = new boolean[128];
        for (char c = 0; c < 128; c++) {
            of[c] = Character.isLetterOrDigit(c) || "_-.:/ '%[]()~*$@#+{}|!?\\".indexOf(c) >= 0;
        }
        return of;
    }

    private static boolean[] begins() {
        boolean[] begins = new boolean[128];
        for (char c : "acdhikopst".toCharArray()) {
            begins[c] = true;
            begins[Character.toUpperCase(c)] = true;
        }
        return begins;
    }

    /** Whether what is called so may be a credential. */
    public static boolean mayName(String name) {
        return holds(name, 0, name.length(), true, false);
    }

    /**
     * Whether a value is the name of one, and a value beside it may be that: {@code VALUES ('smtp.password', …)}. Asked of every recorded
     * text; allocates nothing.
     */
    public static boolean isName(String value) {
        // Of several words a boarding pass may be one. However long: Spring's names of settings are longer than many a
        // sentence.
        boolean word = value.indexOf(' ') < 0;
        return isShortPhrase(value) && holds(value, 0, value.length(), word, word);
    }

    private static boolean isShortPhrase(String value) {
        int spaces = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            spaces += c == ' ' ? 1 : 0;
            if (spaces > MOST_SPACES || !(c < 128 ? OF_NAMES[c] : Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return true;
    }

    /** The same for a part of a text that says what stands behind it, which may be a header field's name too. Allocates nothing. */
    static boolean mayName(String text, int from, int to) {
        return holds(text, from, to, true, true);
    }

    /** {@code pass}, {@code db_pass} and {@code dbPass}, but no {@code compass}. */
    private static boolean isWord(String text, int from, int start) {
        return start == from
                || !Character.isLetterOrDigit(text.charAt(start - 1))
                || Character.isUpperCase(text.charAt(start)) && Character.isLowerCase(text.charAt(start - 1));
    }

    /** {@code userpass} and {@code dbpw}, but no {@code compass}. */
    private static boolean isJoined(String text, int from, int start, String word) {
        return switch (word) {
            case "pass" -> !endsWithOne(text, from, start, BEFORE_PASS);
            case "pw" -> endsWithOne(text, from, start, BEFORE_PW);
            default -> false;
        };
    }

    private static boolean endsWithOne(String text, int from, int end, String[] words) {
        for (String word : words) {
            int start = end - word.length();
            if (start >= from && text.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Where a word is over that is a name by itself: at the end of the name ({@code user_pass}, {@code pin2}) or before what is said of it. */
    private static boolean endsName(String text, int end, int to) {
        if (end == to) {
            return true;
        }
        char next = text.charAt(end);
        boolean parted = next == '_' || next == '-' || next == '.';
        if (!parted && !Character.isUpperCase(next)) {
            return !Character.isLetter(next);
        }
        int behind = parted ? end + 1 : end;
        for (String part : BEHIND_WORDS) {
            if (behind + part.length() <= to && text.regionMatches(true, behind, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param words whether what is a name as a word only counts
     * @param inText whether what is a name in a text only counts
     */
    private static boolean holds(String text, int from, int to, boolean words, boolean inText) {
        for (int i = from; i + 1 < to; i++) {
            char c = text.charAt(i);
            // Of most texts that is all.
            if (c >= 128 || !BEGINS[c]) {
                continue;
            }
            char next = text.charAt(i + 1);
            if (beginsWithOne(text, i, to, parts(c, next))
                    || inText && beginsWithOne(text, i, to, partsInText(c, next))
                    || words && isWordAt(text, from, i, to, word(c, next, inText))) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWithOne(String text, int at, int to, String[] parts) {
        for (String part : parts) {
            if (at + part.length() <= to && text.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWordAt(String text, int from, int at, int to, String word) {
        int end = at + word.length();
        return end > at
                && end <= to
                && text.regionMatches(true, at, word, 0, word.length())
                && (isWord(text, from, at) && endsName(text, end, to) || end == to && isJoined(text, from, at, word));
    }

    /** What is a name as a word only, since {@code compass}, {@code spin} and {@code passenger} are none; empty where none begins so. */
    private static String word(char first, char second, boolean inText) {
        return switch ((first | 0x20) << 8 | second | 0x20) {
            case 'a' << 8 | 'u' -> "authorization";
            case 'c' << 8 | 'v' -> "cvv";
            case 'o' << 8 | 't' -> "otp";
            case 'p' << 8 | 'a' -> "pass";
            case 'p' << 8 | 'i' -> "pin";
            case 'p' << 8 | 'w' -> "pw";
            case 's' << 8 | 'i' -> inText ? "sig" : "";
            default -> "";
        };
    }

    private static String[] partsInText(char first, char second) {
        return switch ((first | 0x20) << 8 | second | 0x20) {
            case 'a' << 8 | 'c' -> AC_IN_TEXT;
            case 'a' << 8 | 'm' -> AM_IN_TEXT;
            case 'a' << 8 | 'u' -> AU_IN_TEXT;
            case 'c' << 8 | 'o' -> CO_IN_TEXT;
            default -> NONE;
        };
    }

    /** Those that can begin so: two letters rule most positions of a text out. */
    private static String[] parts(char first, char second) {
        return switch ((first | 0x20) << 8 | second | 0x20) {
            case 'a' << 8 | 'c' -> AC;
            case 'a' << 8 | 'p' -> AP;
            case 'c' << 8 | 'r' -> CR;
            case 'd' << 8 | 'b' -> DB;
            case 'd' << 8 | 'i' -> DI;
            case 'h' << 8 | 'm' -> HM;
            case 'i' << 8 | 'd' -> ID;
            case 'k' << 8 | 'e' -> KE;
            case 'p' << 8 | 'a' -> PA;
            case 'p' << 8 | 'r' -> PR;
            case 'p' << 8 | 'w' -> PW;
            case 's' << 8 | 'a' -> SA;
            case 's' << 8 | 'e' -> SE;
            case 't' << 8 | 'o' -> TO;
            default -> NONE;
        };
    }
}
