package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.Place;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;

/** Where MariaDB Connector/J goes. A socket file or a pipe stands in place of the host. */
final class Places {

    private Places() {}

    static Place of(Object configuration, Object address) {
        Configuration conf = (Configuration) configuration;
        HostAddress host = (HostAddress) address;
        String file = conf.localSocket() != null ? conf.localSocket() : conf.pipe();
        return Place.of("mariadb", file != null ? file : host.host, host.port, conf.user(), conf.database());
    }
}
