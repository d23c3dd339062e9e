package io.sallyport.core.command;

/** A JDBC URL without what may be a password: {@code …} stands where something was left out. */
final class ShownUrl {

    private static final String LEFT_OUT = "…";

    private ShownUrl() {}

    /** @param inProcess whether what it names is a file or memory, whose name may hold any character */
    static String of(String url, boolean inProcess) {
        if (inProcess) {
            int address = url.lastIndexOf("://") + 3;
            return address < 3 || url.startsWith("/", address) ? url : withoutUser(url, address);
        }
        if (url.indexOf('@') < 0 && url.indexOf('#') < 0 && url.indexOf('[') < 0) {
            return url;
        }
        int fragment = url.indexOf('#');
        String shown = fragment < 0 ? url : url.substring(0, fragment + 1) + LEFT_OUT;
        int slashes = shown.indexOf("//");
        return slashes < 0 ? shown : withoutUser(shown, slashes + 2);
    }

    /** A password can hold any character, so everything up to the last at sign goes. */
    private static String withoutUser(String url, int start) {
        int at = url.lastIndexOf('@');
        if (at < start) {
            return url.substring(0, start) + withoutNoHosts(url.substring(start));
        }
        String rest = url.substring(at + 1);
        int bracket = rest.indexOf(']');
        if (bracket >= 0 && rest.lastIndexOf('[', bracket) < 0) {
            // The one that was opened before the user.
            rest = rest.substring(0, bracket) + rest.substring(bracket + 1);
        }
        return url.substring(0, start) + LEFT_OUT + "@" + withoutNoHosts(rest);
    }

    /** A password can also have cut the URL short: what stands as a host's port or in brackets and cannot be one goes, too. */
    private static String withoutNoHosts(String rest) {
        int slash = rest.indexOf('/');
        String[] hosts = (slash < 0 ? rest : rest.substring(0, slash)).split(",", -1);
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = isHost(hosts[i]) ? hosts[i] : LEFT_OUT;
        }
        return String.join(",", hosts) + (slash < 0 ? "" : rest.substring(slash));
    }

    private static boolean isHost(String host) {
        int bracket = host.lastIndexOf(']');
        if (host.startsWith("[") && bracket > 0) {
            String inside = host.substring(1, bracket);
            return isAddress(inside) && isPort(host.substring(bracket + 1));
        }
        int colon = host.indexOf(':');
        return colon < 0 || isPort(host.substring(colon));
    }

    /** IPv6, with or without a zone (RFC 4007 section 11). */
    private static boolean isAddress(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        return address.indexOf(':') != address.lastIndexOf(':')
                && address.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
    }

    private static boolean isPort(String text) {
        return text.isEmpty()
                || text.length() < 7
                        && text.charAt(0) == ':'
                        && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }
}
