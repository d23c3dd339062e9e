package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.TypeManifestation;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver one of whose classes the weaver refuses: what is called on its objects would pass undecided. */
class PartlyWovenDriverTest {

    private static final String REFUSED = "org.h2.jdbc.Heir";

    @TempDir
    Path classes;

    private Driver driver;

    @BeforeEach
    void load() throws Exception {
        unweavable();
        ClassLoader application = WovenProcess.applicationWith(classes, "h2-");
        assertThat(WovenProcess.COVERAGE.reason(application.loadClass(REFUSED))).contains("cannot be woven");
        driver = WovenProcess.driver(application, "org.h2.Driver");
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    /** Inherits what should be woven from a class that is none of JDBC's. */
    private void unweavable() throws Exception {
        DynamicType.Unloaded<?> base = new ByteBuddy()
                .subclass(Object.class)
                .name("org.h2.jdbc.Base")
                .defineMethod("next", boolean.class, Visibility.PUBLIC)
                .intercept(FixedValue.value(true))
                .make();
        base.saveIn(classes.toFile());
        new ByteBuddy()
                .subclass(base.getTypeDescription())
                .implement(ResultSet.class)
                .modifiers(Visibility.PUBLIC, TypeManifestation.ABSTRACT)
                .name(REFUSED)
                .make()
                .saveIn(classes.toFile());
    }

    @Test
    void doesNotConnectWhereThePolicyEnforces() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\n")) {
            assertThatThrownBy(() -> WovenProcess.connect(driver, "jdbc:h2:mem:partly"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Refused by Sallyport")
                    .hasMessageContaining(REFUSED)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void connectsAndIsSeenWhereThePolicyObserves() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: observe\n")) {
            WovenProcess.connect(driver, "jdbc:h2:mem:partly").close();

            assertThat(policy.events)
                    .anyMatch(e -> "deny".equals(e.wouldHave())
                            && String.valueOf(e.reason()).contains(REFUSED));
        }
    }

    @Test
    void isNoConcernOfTheSameDriverInAnotherLoader() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\n")) {
            assertThatCode(() -> WovenProcess.connect("jdbc:h2:mem:whole").close())
                    .doesNotThrowAnyException();
        }
    }
}
