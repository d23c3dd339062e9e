package io.sallyport.core.record.credential;

/** Elements of XML whose content is a credential: {@code <password type="s">…}, {@code <entry key="smtp.password">…}. */
final class Elements {

    private static final String[] NAMING = {"name=", "key=", "id="};

    private Elements() {}

    /** The {@code <} of the opening tag that a {@code >} ends; -1 where it ends none. Allocates nothing. */
    static int opening(String text, int close) {
        for (int i = close - 1; i >= 0 && text.charAt(i) != '>'; i--) {
            if (text.charAt(i) == '<') {
                return i + 1 < close
                                && (Character.isLetter(text.charAt(i + 1)) || "/!?_".indexOf(text.charAt(i + 1)) >= 0)
                        ? i
                        : -1;
            }
        }
        return -1;
    }

    /** Whether the tag itself, or what it says that it is called, is a credential's name. Allocates nothing. */
    static boolean names(String text, int open, int close) {
        boolean hasContent = text.charAt(close - 1) != '/' && "/!?".indexOf(text.charAt(open + 1)) < 0;
        return hasContent && (isNamed(text, open, close) || isCalled(text, open, close));
    }

    private static boolean isNamed(String text, int open, int close) {
        return CredentialNames.mayName(text, open + 1, nameEnd(text, open, close));
    }

    private static boolean isCalled(String text, int open, int close) {
        for (int i = open; i < close; i++) {
            for (String naming : NAMING) {
                if (text.charAt(i) == ' ' && text.startsWith(naming, i + 1)) {
                    int value = i + 1 + naming.length();
                    return CredentialNames.mayName(text, value, Math.min(close, attributeEnd(text, value)));
                }
            }
        }
        return false;
    }

    private static int attributeEnd(String text, int value) {
        int end = NamedCredential.until(text, Math.min(text.length(), value + 1), "\"'>");
        return Math.max(value, end);
    }

    private static int nameEnd(String text, int open, int close) {
        return Math.min(close, NamedCredential.until(text, open + 1, " \t\r\n>"));
    }

    /** At the tag that closes it; what is only called so may have none. */
    static int end(String text, int open, int start) {
        int close = start - 1;
        if (!isNamed(text, open, close)) {
            return NamedCredential.until(text, start, "<");
        }
        int end = text.indexOf("</" + text.substring(open + 1, nameEnd(text, open, close)), start);
        return end < 0 ? text.length() : end;
    }
}
