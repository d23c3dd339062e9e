package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.jdbc.ledger.DriverJar;
import io.sallyport.weaving.Coverage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.description.type.TypeDescription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of every driver version are woven, and what is woven passes the verifier. */
class EveryDriverTest {

    static Stream<Path> jars() {
        return DriverJar.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jars")
    void everyJdbcClassIsWovenAndVerified(Path jar) {
        ClassLoader application = WovenProcess.application(nameOf(jar));
        List<String> complaints = new ArrayList<>();
        int seen = 0;
        for (TypeDescription type : DriverJar.of(jar).types()) {
            Class<?> loaded = load(type.getName(), application, complaints);
            if (loaded == null || loaded.isInterface() || !isJdbc(loaded)) {
                continue;
            }
            seen++;
            if (!WovenProcess.COVERAGE.isWoven(loaded) && !isRefusedForGood(loaded)) {
                complaints.add(loaded.getName() + ": " + WovenProcess.COVERAGE.reason(loaded));
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(seen).isGreaterThan(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jars")
    void driversWithoutAServerHereAreReportedAsUnproven(Path jar) throws Exception {
        String name = jar.getFileName().toString();
        boolean unproven = name.startsWith("mssql") || name.startsWith("ojdbc");
        String driver = name.startsWith("mssql")
                ? "com.microsoft.sqlserver.jdbc.SQLServerStatement"
                : name.startsWith("ojdbc") ? "oracle.jdbc.driver.OracleStatement" : null;
        if (unproven) {
            Class.forName(driver, false, WovenProcess.application(nameOf(jar)));
            assertThat(WovenProcess.COVERAGE.entries())
                    .filteredOn(e -> e.type().equals(driver))
                    .isNotEmpty()
                    .allSatisfy(e -> {
                        assertThat(e.state()).isEqualTo(Coverage.State.WOVEN_UNPROVEN);
                        assertThat(e.reason()).contains("never proven against a live server");
                    });
        } else {
            assertThat(WovenProcess.COVERAGE.entries())
                    .filteredOn(e -> e.state() == Coverage.State.WOVEN_UNPROVEN)
                    .noneMatch(e -> e.type().startsWith("org.postgresql.")
                            || e.type().startsWith("org.sqlite.")
                            || e.type().startsWith("org.h2."));
        }
    }

    /**
     * MySQL's driver 5.1, parts of which have subroutines; its proxies for several hosts, which hand every call to a woven connection; and
     * Oracle's proxies for sharding and caches, which inherit from classes that implement nothing. None of them is handed out.
     */
    private static boolean isRefusedForGood(Class<?> type) {
        String name = type.getName();
        return name.startsWith("com.mysql.jdbc.")
                || name.startsWith("com.mysql.fabric.")
                || name.startsWith("com.mysql.cj.jdbc.ha.")
                || (name.startsWith("oracle.jdbc.proxy.")
                        && WovenProcess.COVERAGE.reason(type).contains("it inherits"));
    }

    private static String nameOf(Path jar) {
        return jar.getFileName().toString().replace(".jar", "");
    }

    private static boolean isJdbc(Class<?> type) {
        return Connection.class.isAssignableFrom(type)
                || Statement.class.isAssignableFrom(type)
                || ResultSet.class.isAssignableFrom(type);
    }

    /** Loaded and linked, not initialised; {@code null} where an optional dependency is missing. */
    private static Class<?> load(String name, ClassLoader loader, List<String> complaints) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            // Links the class, which verifies it.
            type.getDeclaredMethods();
            return type;
        } catch (VerifyError | ClassFormatError | IncompatibleClassChangeError broken) {
            complaints.add(name + ": " + broken);
            return null;
        } catch (ClassNotFoundException | NoClassDefFoundError optional) {
            return null;
        }
    }
}
