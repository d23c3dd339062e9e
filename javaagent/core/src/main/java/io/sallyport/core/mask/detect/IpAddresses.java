package io.sallyport.core.mask.detect;

import java.util.Set;

/** IP: IPv4 (RFC 6943 strict form) and IPv6 (RFC 4291 section 2.2). Four numbers with dots after the word "version" are no address. */
final class IpAddresses {
    private static final Set<String> VERSION_WORDS = Set.of(
            "version",
            "ver",
            "release",
            "build",
            "firmware",
            "section",
            "chapter",
            "sdk",
            "oid",
            "objectidentifier",
            "revision",
            "rev",
            "patch",
            "upgrade",
            "appversion",
            "driver",
            "clause",
            "paragraph");

    /** What has versions of four numbers, and may also stand before the address that it runs on. */
    private static final Set<String> PRODUCTS = Set.of(
            "git",
            "gcc",
            "java",
            "jdk",
            "jre",
            "jvm",
            "openjdk",
            "kernel",
            "linux",
            "python",
            "node",
            "nodejs",
            "chrome",
            "chromium",
            "firefox",
            "windows",
            "android",
            "ios",
            "macos",
            "postgres",
            "postgresql",
            "mysql",
            "mariadb",
            "oracle",
            "openssl",
            "spring",
            "tomcat",
            "library",
            "assembly",
            "package",
            "plugin",
            "dependency",
            "artifact",
            "module",
            "bios",
            "bundle");

    private IpAddresses() {}

    /** 10/8, 127/8, 172.16/12 and 192.168/16 (RFC 1918): no product counts its versions like that. */
    private static boolean isPrivate(String text, int start) {
        return text.startsWith("10.", start)
                || text.startsWith("127.", start)
                || text.startsWith("192.168.", start)
                || (text.startsWith("172.", start)
                        && text.charAt(start + 6 < text.length() ? start + 6 : start) == '.');
    }

    private static boolean isRelease(String text, int start, int end, ContextWords context) {
        return context.titled(VERSION_WORDS, start)
                || isParagraph(text, start)
                || context.wordBehind(end).equals("release")
                || (context.rightBefore(PRODUCTS, start) && !isPrivate(text, start) && Chars.at(text, end) != ':');
    }

    private static boolean isParagraph(String text, int start) {
        return Chars.at(text, start - 1) == '§'
                || (Chars.at(text, start - 2) == '§' && Chars.isSpace(Chars.at(text, start - 1)));
    }

    static boolean isShapeOfV4(String shape) {
        return shape.length() == 7 && shape.charAt(1) == '.' && shape.charAt(3) == '.' && shape.charAt(5) == '.';
    }

    /** @return whether [start, end), four groups of digits with dots, is an address */
    static boolean isV4(String text, int start, int end, ContextWords context) {
        int octet = 0;
        int length = 0;
        for (int i = start; i <= end; i++) {
            char c = i < end ? text.charAt(i) : '.';
            if (c == '.') {
                if (octet > 255 || length > 3) {
                    return false;
                }
                octet = 0;
                length = 0;
            } else {
                if (length > 0 && octet == 0) {
                    return false;
                }
                octet = octet * 10 + c - '0';
                length++;
            }
        }
        char before = Chars.at(text, start - 1);
        boolean product = before == '/' && Chars.isAsciiLetter(Chars.at(text, start - 2));
        return !product
                && !isRelease(text, start, end, context)
                && !isQualified(text, end)
                && !isAmount(text, start, end);
    }

    /** {@code 4.111.111.111,11}: thousands and cents. */
    private static boolean isAmount(String text, int start, int end) {
        boolean thousands = end - start >= 13 && text.charAt(end - 4) == '.' && text.charAt(end - 8) == '.';
        return thousands
                && text.charAt(end - 12) == '.'
                && Chars.at(text, end) == ','
                && Chars.isDigit(Chars.at(text, end + 1))
                && Chars.isDigit(Chars.at(text, end + 2))
                && !Chars.isWord(Chars.at(text, end + 3));
    }

    /** {@code 12.4.2.1.jre11}: a version with its qualifier; {@code 10.0.0.1.nip.io} is a host. */
    private static boolean isQualified(String text, int end) {
        int i = end + 1;
        while (Chars.isWord(Chars.at(text, i))) {
            i++;
        }
        return Chars.at(text, end) == '.'
                && Chars.isAsciiLetter(Chars.at(text, end + 1))
                && !(Chars.at(text, i) == '.' && Chars.isAsciiLetter(Chars.at(text, i + 1)));
    }

    /** End of the IPv6 address whose token starts at {@code start}, or -1. */
    static int endOfV6(String text, int start) {
        int groups = 0;
        boolean compressed = false;
        boolean digit = false;
        boolean pairs = true;
        int i = start;
        if (Chars.at(text, i) == ':') {
            if (Chars.at(text, i + 1) != ':') {
                return -1;
            }
            compressed = true;
            i += 2;
        }
        int end = i;
        while (i < text.length() && groups < 8) {
            int from = i;
            while (i < text.length() && i - from < 5 && Chars.isHex(text.charAt(i))) {
                digit |= Chars.isDigit(text.charAt(i));
                i++;
            }
            int length = i - from;
            if (length > 4) {
                return -1;
            }
            if (length == 0) {
                break;
            }
            if (Chars.at(text, i) == '.' && length <= 3) {
                int v4 = endOfEmbeddedV4(text, from);
                if (v4 < 0) {
                    break;
                }
                groups += 2;
                pairs = false;
                i = v4;
                end = i;
                break;
            }
            groups++;
            pairs &= length == 2;
            end = i;
            if (Chars.at(text, i) != ':') {
                break;
            }
            if (Chars.at(text, i + 1) == ':') {
                if (compressed) {
                    return -1;
                }
                compressed = true;
                i += 2;
                end = i;
            } else if (Chars.isHex(Chars.at(text, i + 1))) {
                i++;
            } else {
                break;
            }
        }
        char next = Chars.at(text, end);
        if (Chars.isWord(next)
                || (next == ':' && (Chars.isHex(Chars.at(text, end + 1)) || Chars.at(text, end + 1) == ':'))) {
            return -1;
        }
        boolean complete = compressed
                ? groups < 8 && groups > 0 && digit && !isSlice(text, start, end, groups)
                : groups == 8 && !pairs;
        return complete ? end : -1;
    }

    /**
     * {@code 10::20}, {@code 12::30} and the steps of a slice ({@code rows[1::2]}): one or two short decimal numbers. No network's prefix is
     * that short (RFC 4291 section 2.4), but for the loopback address and what comes before an address of IPv4. A type with what is in it
     * ({@code f32::<T>}) is none either.
     */
    private static boolean isSlice(String text, int start, int end, int groups) {
        if (groups > 2) {
            return false;
        } else if (groups == 1 && text.charAt(end - 1) == ':') {
            // f32::<T>; a prefix by itself has four digits: fe80::
            return end - start < 6;
        }
        for (int i = start; i < end; i++) {
            if (Chars.isAsciiLetter(text.charAt(i)) || text.charAt(i) == '.') {
                return false;
            }
        }
        boolean loopback = end - start == 3 && text.startsWith("::1", start);
        boolean index = Chars.at(text, start - 1) == '[' && Chars.isWord(Chars.at(text, start - 2));
        return loopback ? index : text.indexOf(':', start) - start < 4;
    }

    private static int endOfEmbeddedV4(String text, int start) {
        int dots = 0;
        int octet = 0;
        int length = 0;
        int i = start;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                octet = octet * 10 + c - '0';
                if (++length > 3 || octet > 255) {
                    return -1;
                }
            } else if (c == '.' && length > 0 && dots < 3) {
                dots++;
                octet = 0;
                length = 0;
            } else {
                break;
            }
        }
        return dots == 3 && length > 0 ? i : -1;
    }
}
