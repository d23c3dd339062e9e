package io.sallyport.core.mask.detect;

/** PRIVATE_KEY: RFC 7468 and its relatives (PKCS#1, SEC 1, OpenSSH, PGP). A block without its end is taken to the end of the text. */
final class PrivateKeys {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final int LONGEST_LABEL = 40;
    /** How far the end of a block is looked for; a longer one is taken to the end of the text. */
    private static final int LONGEST_BLOCK = 16 * 1024;

    private PrivateKeys() {}

    /** End of the block that starts at {@code start}, or -1. */
    static int endOf(String text, int start) {
        if (!text.startsWith(BEGIN, start)) {
            return -1;
        }
        int label = start + BEGIN.length();
        int close = text.substring(label, Math.min(text.length(), label + LONGEST_LABEL))
                        .indexOf("-----")
                + label;
        if (close < label) {
            return -1;
        }
        String name = text.substring(label, close);
        if (!name.endsWith("PRIVATE KEY")
                && !name.equals("PGP PRIVATE KEY BLOCK")
                && !name.equals("SSH2 ENCRYPTED PRIVATE KEY")) {
            return -1;
        }
        int body = close + 5;
        String window = text.substring(body, Math.min(text.length(), body + LONGEST_BLOCK));
        int end = window.indexOf(END + name);
        if (end >= 0) {
            int tail = body + end + END.length() + name.length();
            return text.startsWith("-----", tail) ? tail + 5 : tail;
        }
        return hasBody(text, body) ? text.length() : -1;
    }

    /** The header alone, quoted in a sentence, is no key. */
    private static boolean hasBody(String text, int from) {
        int run = 0;
        for (int i = from; i < text.length() && i < from + 400; i++) {
            char c = text.charAt(i);
            run = Chars.isAsciiAlnum(c) || c == '+' || c == '/' || c == '=' ? run + 1 : 0;
            if (run >= 24) {
                return true;
            }
        }
        return false;
    }
}
