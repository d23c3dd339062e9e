package io.sallyport.jdbc.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A pool's mark for a connection that was given back (HikariCP's {@code ProxyConnection.ClosedConnection}) knows three methods. */
class ClosedMarkTest {

    @Test
    void askingWhetherItIsValidAsksItForNothingElse() throws SQLException {
        Connection mark = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isClosed")) {
                        return true;
                    }
                    throw new SQLException("Connection is closed: " + method.getName());
                });
        assertThat(DriverScope.enter(mark, "isValid", 1)).isNull();
    }
}
