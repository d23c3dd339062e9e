package io.sallyport.core.command;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each host, so that a rule about it cannot be evaded by another: lower case, no trailing dot (RFC 1034 section
 * 3.1), internationalised names in their ASCII form (RFC 5891), addresses as RFC 5952 and dotted decimal write them, whatever {@code
 * inet_aton} reads as one ({@code 127.1}, {@code 2130706433}, {@code 0x7f.1}, {@code 0177.0.0.1}). No name is resolved.
 */
public final class HostSpelling {

    private HostSpelling() {}

    /**
     * The canonical spelling; several where clients disagree on what is meant: a part with a leading zero is octal to the operating
     * system and decimal to Java.
     */
    public static List<String> of(String host) {
        String name = bare(host);
        if (name.indexOf(':') >= 0) {
            return List.of(sixOf(name));
        }
        String octal = fourOf(name, true);
        if (octal == null) {
            return List.of(ascii(name));
        }
        String decimal = fourOf(name, false);
        return decimal == null || decimal.equals(octal) ? List.of(octal) : List.of(octal, decimal);
    }

    private static String bare(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return name;
    }

    private static String ascii(String name) {
        if (name.chars().allMatch(c -> c < 128)) {
            return name;
        }
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return name;
        }
    }

    private static @Nullable String fourOf(String name, boolean octal) {
        String[] parts = name.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i], octal);
            boolean last = i == parts.length - 1;
            // The last part fills all bytes that are left.
            long most = last ? (1L << 8 * (4 - i)) - 1 : 255;
            if (part < 0 || part > most) {
                return null;
            }
            address = last ? address << 8 * (4 - i) | part : address << 8 | part;
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static long number(String part, boolean octal) {
        boolean hex = part.startsWith("0x");
        int radix = hex ? 16 : octal && part.length() > 1 && part.charAt(0) == '0' ? 8 : 10;
        String digits = hex ? part.substring(2) : part;
        if (digits.isEmpty() || digits.length() > 20 || !digits.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
            return -1;
        }
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException tooLong) {
            return -1;
        }
    }

    private static String sixOf(String name) {
        int zone = name.indexOf('%');
        String literal = zone < 0 ? name : name.substring(0, zone);
        try {
            // With a colon in it this is a literal, which is parsed and not looked up.
            InetAddress address = InetAddress.getByName(literal);
            return address instanceof Inet4Address ? address.getHostAddress() : compressed(address.getAddress());
        } catch (UnknownHostException noAddress) {
            return name;
        }
    }

    /** RFC 5952 section 4: the longest run of zeros, the first of several, is left out. */
    private static String compressed(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
