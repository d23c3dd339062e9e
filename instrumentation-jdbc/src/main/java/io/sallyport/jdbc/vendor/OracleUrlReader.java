package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * URLs of Oracle's driver behind {@code @}: {@code host:port:sid}, EZConnect ({@code tcps://host1,host2:port/service?name=value}),
 * and descriptors with any number of addresses. A name that stands for a descriptor elsewhere ({@code tnsnames.ora}, LDAP, a
 * configuration provider) is an unknown host.
 */
final class OracleUrlReader {

    /** Pseudo-setting: {@code tcps} where every address is reached by it, otherwise {@code tcp}. */
    static final String PROTOCOL = "protocol";

    /** Head of the settings that name a provider of another setting. */
    static final String PROVIDER = "oracle.jdbc.provider.";

    private static final int PORT = 1521;
    private static final Endpoint UNKNOWN = new Endpoint("unknown", 0);
    private static final Pattern HOST = key("HOST");
    private static final Pattern ADDRESS = Pattern.compile("\\(\\s*ADDRESS\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED = Pattern.compile(
            "\\(\\s*(?:SERVICE_NAME|SID|INSTANCE_NAME)\\s*=\\s*([^()]*?)\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORTS = key("PORT");
    private static final Pattern PROTOCOLS = key("PROTOCOL");
    private static final Pattern PARAMETER = Pattern.compile("\\(\\s*([A-Za-z_]+)\\s*=\\s*([^()]*?)\\s*\\)");
    private static final Pattern EASY = Pattern.compile(
            "(?:([a-z]+):)?(?://)?([^/?:@]+(?::\\d+)?(?:,[^/?]+)?)(?:/([^?:/]*))?[^?]*(?:\\?(.*))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SID = Pattern.compile("(?://)?(\\[[^\\]]+\\]|[^:/@]+):(\\d+):([^:/?]+)(?:\\?(.*))?");

    private OracleUrlReader() {}

    static ConnectUrl read(String url, Properties info) {
        Map<String, String> settings = new TreeMap<>();
        Settings.of(info).forEach((name, value) -> settings.put(name.toLowerCase(Locale.ROOT), value));
        for (String name : info.stringPropertyNames()) {
            if (name.toLowerCase(Locale.ROOT).startsWith(PROVIDER)) {
                // Its name may sound like a secret's, and then it was left out.
                settings.put(name.toLowerCase(Locale.ROOT), "set");
            }
        }
        int at = url.indexOf('@');
        String address = at < 0 ? "" : url.substring(at + 1).strip();
        settings.put(PROTOCOL, "tcp");
        List<Endpoint> endpoints = new ArrayList<>();
        String service = address;
        Matcher sid = SID.matcher(address);
        Matcher easy = EASY.matcher(address);
        if (address.startsWith("(")) {
            service = descriptor(address, endpoints, settings);
        } else if (sid.matches()) {
            endpoints.add(Endpoints.of(sid.group(1), Endpoints.port(sid.group(2), PORT)));
            service = sid.group(3);
            query(sid.group(4), settings);
        } else if (!isName(address) && easy.matches()) {
            endpoints.addAll(Endpoints.parse(easy.group(2), PORT));
            service = easy.group(3) == null ? "" : easy.group(3);
            if ("tcps".equalsIgnoreCase(easy.group(1))) {
                settings.put(PROTOCOL, "tcps");
            }
            query(easy.group(4), settings);
        } else {
            query(address.contains("?") ? address.substring(address.indexOf('?') + 1) : null, settings);
        }
        if (endpoints.isEmpty()) {
            endpoints.add(UNKNOWN);
        }
        String shown = address.startsWith("(") || !endpoints.contains(UNKNOWN)
                ? "jdbc:oracle://" + Endpoints.join(endpoints, PORT) + "/" + service
                : "jdbc:oracle:@" + service;
        Target target = new Target(Target.Protocol.JDBC, "oracle", endpoints, service, shown);
        return new ConnectUrl(target, settings, settings.getOrDefault("user", userIn(url, at)));
    }

    /** A word without a host's marks, and every name service. */
    private static boolean isName(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        boolean plainWord = !address.contains("/") && !address.contains(":");
        return address.isEmpty() || plainWord || lower.startsWith("ldap") || lower.startsWith("config-");
    }

    private static String descriptor(String text, List<Endpoint> endpoints, Map<String, String> settings) {
        Matcher parameters = PARAMETER.matcher(text);
        while (parameters.find()) {
            String name = parameters.group(1).toLowerCase(Locale.ROOT);
            if (name.startsWith("ssl_") || name.endsWith("_proxy") || name.equals("wallet_location")) {
                Settings.put(settings, "oracle.net." + name, parameters.group(2));
            }
        }
        boolean allTcps = true;
        String[] addresses = ADDRESS.split(text);
        for (int i = 1; i < addresses.length; i++) {
            Matcher host = HOST.matcher(addresses[i]);
            Matcher port = PORTS.matcher(addresses[i]);
            Matcher protocol = PROTOCOLS.matcher(addresses[i]);
            if (host.find()) {
                endpoints.add(Endpoints.of(host.group(1), port.find() ? Endpoints.port(port.group(1), PORT) : PORT));
            }
            allTcps &= protocol.find() && protocol.group(1).equalsIgnoreCase("tcps");
        }
        if (allTcps && addresses.length > 1) {
            settings.put(PROTOCOL, "tcps");
        }
        Matcher named = NAMED.matcher(text);
        return named.find() ? named.group(1) : "";
    }

    private static void query(@Nullable String query, Map<String, String> into) {
        if (query != null) {
            Map<String, String> named = new TreeMap<>();
            Settings.parseQuery(query, named);
            named.forEach((name, value) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                into.put(
                        lower.startsWith("oracle.") || lower.startsWith("javax.") ? lower : "oracle.net." + lower,
                        value);
            });
        }
    }

    /** {@code thin:user/password@}; what cannot be told from the password is left out. */
    private static String userIn(String url, int at) {
        int kind = url.indexOf(':', "jdbc:oracle:".length());
        if (at < 0 || kind < 0 || kind > at) {
            return "";
        }
        String credentials = url.substring(kind + 1, at);
        int slash = credentials.indexOf('/');
        return slash < 0 ? credentials : credentials.substring(0, slash);
    }

    private static Pattern key(String name) {
        return Pattern.compile("\\(\\s*" + name + "\\s*=\\s*([^()]*?)\\s*\\)", Pattern.CASE_INSENSITIVE);
    }
}
