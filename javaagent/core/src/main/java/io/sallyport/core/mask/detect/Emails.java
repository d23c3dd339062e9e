package io.sallyport.core.mask.detect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** EMAIL: an address as people have them (RFC 5321 lengths, a dotted domain whose last label is a word). */
final class Emails {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;
    /** Last labels that are file types and no top-level domains. */
    private static final Set<String> FILE_TYPES = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "css", "js", "jsx", "ts", "tsx", "json", "yaml", "yml",
            "xml", "html", "htm", "txt", "log", "java", "class", "jar", "war", "exe", "dll", "csv", "pdf", "mjs",
            "service", "socket", "timer", "tgz", "tar", "gz", "lock");

    /** Domains under which addresses are; the end of what else looks like one is seldom among them. */
    private static final Set<String> GENERIC =
            Set.of("com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "io");

    /** Between the address of a guest and the domain of his host in Microsoft's directory. */
    private static final String GUEST = "#ext#";

    private Emails() {}

    /** The address around the {@code @} at {@code at}, or the {@code %40} that a URL has for it; {@code null} for none. */
    static @Nullable Finding around(String text, int at, int notBefore) {
        int start = startOfLocal(text, at, notBefore);
        if (start < 0) {
            return null;
        }
        int domain = text.charAt(at) == '%' ? at + 3 : at + 1;
        int end = endOfDomain(text, domain);
        if (end < 0 || isRemote(text, start, at, end) || isLibrary(text, start, end)) {
            return null;
        }
        return new Finding("EMAIL", start, end);
    }

    private static int startOfLocal(String text, int at, int notBefore) {
        if (at > notBefore && text.charAt(at - 1) == '"') {
            int quote = text.lastIndexOf('"', at - 2);
            return quote >= Math.max(notBefore, at - LONGEST_LOCAL) && quote < at - 2 ? quote : -1;
        }
        boolean guest = text.regionMatches(true, at - GUEST.length(), GUEST, 0, GUEST.length());
        int start = guest ? at - GUEST.length() : at;
        int stop = Math.max(notBefore, at - LONGEST_LOCAL - 1);
        while (start > stop && isLocal(text.charAt(start - 1))) {
            start--;
        }
        while (start < at && (text.charAt(start) == '\'' || text.charAt(start) == '-')) {
            start++;
        }
        if (start == at || at - start > LONGEST_LOCAL || text.charAt(start) == '.' || text.charAt(at - 1) == '.') {
            return -1;
        }
        for (int i = start; i < at - 1; i++) {
            if (text.charAt(i) == '.' && text.charAt(i + 1) == '.') {
                return -1;
            }
        }
        return start;
    }

    /** Letters and digits of any script: those of Chinese or Thai stand in names too. */
    private static boolean isLetter(char c) {
        return Chars.isWord(c) || (c >= 128 && Character.isLetterOrDigit(c));
    }

    private static boolean isLocal(char c) {
        return isLetter(c) || c == '.' || c == '-' || c == '+' || c == '%' || c == '\'' || c == '!' || c == '~';
    }

    private static int endOfDomain(String text, int from) {
        int i = from;
        int label = from;
        while (i < text.length() && i - from <= LONGEST_DOMAIN) {
            char c = text.charAt(i);
            if (isLetter(c) && c != '_' || c == '-') {
                i++;
            } else if (c == '.' && i > label && i + 1 < text.length() && isLetter(text.charAt(i + 1))) {
                if (text.charAt(label) == '-' || text.charAt(i - 1) == '-') {
                    return -1;
                }
                i++;
                label = i;
            } else {
                break;
            }
        }
        int end = i;
        while (end > label && text.charAt(end - 1) == '-') {
            end--;
        }
        boolean dots = Chars.at(text, i) == '.' && Chars.at(text, i + 1) == '.' && Chars.isWord(Chars.at(text, i + 2));
        if (label == from || i - from > LONGEST_DOMAIN || dots || isScaledImage(text, from) || isVersion(text, from)) {
            return -1;
        }
        return isTopLevel(text, label, end) && Chars.at(text, i) != '_' ? end : endBeforeSuffix(text, from, label, i);
    }

    /** The end of an address that a file is named after, with more behind it: {@code jo@site.org.txt}, {@code jo@site.org_2026}, {@code jo@site.org-old}. */
    private static int endBeforeSuffix(String text, int from, int label, int end) {
        int hyphen = label;
        while (hyphen < end && text.charAt(hyphen) != '-') {
            hyphen++;
        }
        if (hyphen < end) {
            return isCommon(text, label, hyphen) ? hyphen : -1;
        } else if (Chars.at(text, end) == '_') {
            return isCommon(text, label, end) && Chars.isDigit(Chars.at(text, end + 1)) ? end : -1;
        }
        int before = label - 1;
        while (before > from && text.charAt(before - 1) != '.') {
            before--;
        }
        boolean file =
                before > from && FILE_TYPES.contains(text.substring(label, end).toLowerCase(Locale.ROOT));
        return file && isCommon(text, before, label - 1) ? label - 1 : -1;
    }

    /** A country's or a generic domain. */
    private static boolean isCommon(String text, int start, int end) {
        String label = text.substring(start, end).toLowerCase(Locale.ROOT);
        boolean country = end - start == 2 && !FILE_TYPES.contains(label);
        return isTopLevel(text, start, end) && (country || GENERIC.contains(label));
    }

    private static boolean isTopLevel(String text, int start, int end) {
        if (text.regionMatches(true, start, "xn--", 0, 4)) {
            return true;
        }
        for (int i = start; i < end; i++) {
            // Of "Order@1f2e3d.toString" the end is a method.
            boolean hump =
                    i > start && Character.isUpperCase(text.charAt(i)) && Character.isLowerCase(text.charAt(i - 1));
            if (hump
                    || !(Character.isLetter(text.charAt(i))
                            || Character.getType(text.charAt(i)) == Character.NON_SPACING_MARK)) {
                return false;
            }
        }
        return end - start >= 2
                && end - start <= 24
                && !FILE_TYPES.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    /** {@code logo@2x.png}. */
    private static boolean isScaledImage(String text, int from) {
        return Chars.isDigit(text.charAt(from)) && Chars.at(text, from + 1) == 'x' && Chars.at(text, from + 2) == '.';
    }

    /** {@code lodash@4.17.21-beta.rc}. */
    private static boolean isVersion(String text, int from) {
        int i = from;
        for (int numbers = 0; numbers < 2; numbers++) {
            int start = i;
            while (Chars.isDigit(Chars.at(text, i))) {
                i++;
            }
            if (i == start || Chars.at(text, i) != '.') {
                return false;
            }
            i++;
        }
        return true;
    }

    /** {@code libfoo@1.so}; Somalia's domain is used for others. */
    private static boolean isLibrary(String text, int start, int end) {
        return text.startsWith("lib", start) && text.regionMatches(true, end - 3, ".so", 0, 3);
    }

    /** {@code git@github.com:org/repo.git}. */
    private static boolean isRemote(String text, int start, int at, int end) {
        boolean service = text.startsWith("git", start) && at - start == 3;
        char next = Chars.at(text, end);
        return service && (next == ':' || next == '/');
    }
}
