package io.sallyport.weaving.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whether a certificate is for a host (RFC 6125, RFC 2818): subject alternative names; the common name only where there is no
 * DNS name at all. A wildcard stands for exactly one whole label, the leftmost.
 */
final class HostNames {

    private static final int DNS = 2;
    private static final int ADDRESS = 7;
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private HostNames() {}

    static boolean match(String host, X509Certificate certificate) {
        try {
            return matches(host.toLowerCase(Locale.ROOT), certificate);
        } catch (CertificateParsingException | InvalidNameException | UnknownHostException unreadable) {
            return false;
        }
    }

    private static boolean matches(String host, X509Certificate certificate)
            throws CertificateParsingException, InvalidNameException, UnknownHostException {
        boolean address = host.indexOf(':') >= 0 || V4.matcher(host).matches();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        boolean anyDns = false;
        if (names != null) {
            for (List<?> name : names) {
                int type = (Integer) name.get(0);
                anyDns |= type == DNS;
                if (address && type == ADDRESS && sameAddress(host, String.valueOf(name.get(1)))) {
                    return true;
                }
                if (!address && type == DNS && sameName(host, String.valueOf(name.get(1)))) {
                    return true;
                }
            }
        }
        return !address && !anyDns && sameName(host, commonName(certificate));
    }

    private static boolean sameAddress(String host, String name) throws UnknownHostException {
        // Both are literals, so that nothing is resolved.
        return InetAddress.getByName(host).equals(InetAddress.getByName(name));
    }

    private static boolean sameName(String host, String pattern) {
        String name = pattern.toLowerCase(Locale.ROOT);
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (!name.startsWith("*.")) {
            return !name.isEmpty() && name.equals(bare);
        }
        int dot = bare.indexOf('.');
        return dot > 0 && name.indexOf('.', 2) > 0 && bare.substring(dot).equals(name.substring(1));
    }

    private static String commonName(X509Certificate certificate) throws InvalidNameException {
        LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
        for (int i = subject.size() - 1; i >= 0; i--) {
            Rdn rdn = subject.getRdn(i);
            if (rdn.getType().equalsIgnoreCase("CN")) {
                return String.valueOf(rdn.getValue());
            }
        }
        return "";
    }
}
