package io.sallyport.controlplane.configuration;

import io.sallyport.controlplane.StartFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ranges of IP addresses in CIDR notation (RFC 4632, RFC 4291), {@code 10.0.0.0/8} or a single address. Immutable; asks no name service. */
public final class AddressRanges {

    public static final AddressRanges NONE = new AddressRanges(List.of());

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int BYTE = 8;

    private record Range(byte[] network, int bits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += BYTE) {
                int mask = bits - bit >= BYTE ? 0xFF : 0xFF << (BYTE - (bits - bit)) & 0xFF;
                if (((address[bit / BYTE] ^ network[bit / BYTE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Range> ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** @throws StartFailure for what is none */
    public static AddressRanges of(List<String> texts) {
        return new AddressRanges(
                texts.stream().map(String::strip).map(AddressRanges::range).toList());
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    /** @return {@code null} for what is not an address; a name is none */
    public static @Nullable InetAddress address(String text) {
        Matcher v4 = IPV4.matcher(text);
        try {
            if (v4.matches()) {
                byte[] bytes = new byte[4];
                for (int i = 0; i < bytes.length; i++) {
                    int part = Integer.parseInt(v4.group(i + 1));
                    if (part > 0xFF) {
                        return null;
                    }
                    bytes[i] = (byte) part;
                }
                return InetAddress.getByAddress(bytes);
            }
            // What has a colon is never looked up.
            return IPV6.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw wrong(text);
        }
        byte[] network = address.getAddress();
        int most = network.length * BYTE;
        if (slash < 0) {
            return new Range(network, most);
        }
        try {
            int bits = Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw wrong(text);
            }
            return new Range(network, bits);
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
    }

    private static StartFailure wrong(String text) {
        return new StartFailure(
                "'" + text + "' is no range of addresses; write 10.0.0.0/8, 2001:db8::/32 or one address");
    }
}
