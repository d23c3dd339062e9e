package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.ConnectFlow;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where version 2 is about to go, by its {@code UrlParser}, a class that later versions do not have. */
final class ParsedUrl {

    private ParsedUrl() {}

    static @Nullable Object enter(Object parsed) throws SQLException {
        Properties info = new Properties();
        String user = ask(parsed, "getUsername");
        if (user != null) {
            info.setProperty("user", user);
        }
        return ConnectFlow.enterSeen(ask(parsed, "getInitialUrl"), info);
    }

    private static @Nullable String ask(Object parsed, String getter) {
        try {
            return (String) parsed.getClass().getMethod(getter).invoke(parsed);
        } catch (ReflectiveOperationException | RuntimeException none) {
            return null;
        }
    }
}
