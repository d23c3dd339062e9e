package io.sallyport.jdbc;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.testing.BehindRelay;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.WeaveInstaller;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.tls.RelayTls;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import net.bytebuddy.agent.ByteBuddyAgent;

/** This process under the agent. Drivers and pools are loaded by a loader of their own, as an application's are. */
final class WovenProcess {

    static final ScriptedGate GATE = new ScriptedGate();
    static final Coverage COVERAGE;
    static final ClassLoader APPLICATION = applicationLoader();

    /** How the same row reads without the agent. Taken before it is installed: here it shares its loader with the class path. */
    static final Map<String, String> PLAIN_READINGS;

    /** What the canary reports without the agent. */
    static final boolean PLAIN_CANARY;

    static {
        ProcessTrust.install();
        PLAIN_READINGS = plainReadings();
        PLAIN_CANARY = io.sallyport.jdbc.canary.Canary.refused();
        Instrumentation instrumentation = ByteBuddyAgent.install();
        BootClasses.appendTo(instrumentation);
        WeaveInstaller installer = new WeaveInstaller(instrumentation);
        COVERAGE = installer.coverage();
        RelayTls relays = (connected, relay) -> BehindRelay.layer(connected, relay.host(), relay.port());
        // Besides JDBC's own module, those of the sockets where the servers are behind relays.
        List<WeaveModule> modules = new ArrayList<>();
        ServiceLoader.load(WeaveModule.class).forEach(modules::add);
        installer.install(new AgentContext(GATE, new StandardSqlReader(), COVERAGE, true, relays), modules);
    }

    private WovenProcess() {}

    private static Map<String, String> plainReadings() {
        try (Connection plain =
                driver(applicationLoader(), "org.h2.Driver").connect("jdbc:h2:mem:readings", new Properties())) {
            Readings.prepare(plain);
            return Readings.of(plain);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Driver driver(String className) {
        return driver(APPLICATION, className);
    }

    static Driver driver(ClassLoader loader, String className) {
        try {
            return (Driver) loader.loadClass(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Connection connect(String url, String... properties) throws SQLException {
        return connect(driver(driverOf(url)), url, properties);
    }

    static Connection connect(Driver driver, String url, String... properties) throws SQLException {
        Properties info = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            info.setProperty(properties[i], properties[i + 1]);
        }
        return driver.connect(url, info);
    }

    static String driverOf(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return "org.sqlite.JDBC";
        }
        return url.startsWith("jdbc:h2:") ? "org.h2.Driver" : "org.postgresql.Driver";
    }

    /** Answers {@code text} for texts, NULL for everything else. */
    static ColumnMask textOnly(String text) {
        return new ColumnMask() {
            @Override
            public String rule() {
                return "test-mask";
            }

            @Override
            public Object apply(Object value, Class<?> requested) {
                return value == null || requested != String.class ? null : text;
            }
        };
    }

    private static ClassLoader applicationLoader() {
        return applicationWith("h2-", "postgresql-", "sqlite-jdbc-", "slf4j-api");
    }

    private static List<URL> classPath(String... prefixes) {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = new File(entry).getName();
            if (Arrays.stream(prefixes).anyMatch(name::startsWith)) {
                urls.add(url(entry));
            }
        }
        return urls;
    }

    /** An application with one version of a driver, copied by the build into {@code target/drivers}. */
    static ClassLoader application(String jar) {
        return application(jar(jar));
    }

    /** An application with the driver in this file. */
    static ClassLoader application(Path jar) {
        List<URL> urls = new ArrayList<>(classPath("protobuf-java-", "HikariCP", "slf4j-api"));
        urls.add(url(jar.toString()));
        return new ApplicationLoader(urls.toArray(new URL[0]));
    }

    static Path jar(String jar) {
        Path file = Path.of("target", "drivers", jar + ".jar");
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    file.toAbsolutePath() + " is missing; run the build's generate-test-resources");
        }
        return file;
    }

    /** An application with these jars of the class path, by how their names begin. */
    static ClassLoader applicationWith(String... jars) {
        return new ApplicationLoader(classPath(jars).toArray(new URL[0]));
    }

    /** An application of these jars of the class path and of classes of its own, which come first. */
    static ClassLoader applicationWith(Path classes, String... jars) {
        List<URL> urls = classPath(jars);
        urls.add(0, url(classes.toString()));
        return new ApplicationLoader(urls.toArray(new URL[0]));
    }

    private static URL url(String file) {
        try {
            return new File(file).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drivers and pools, and the application classes of these tests. */
    private static final class ApplicationLoader extends URLClassLoader {

        ApplicationLoader(URL[] urls) {
            super("application", urls, ClassLoader.getPlatformClassLoader());
        }

        @Override
        public URL findResource(String name) {
            // The class file that a class which inherits is woven by.
            return name.startsWith("io/sallyport/jdbc/sample/")
                    ? WovenProcess.class.getClassLoader().getResource(name)
                    : super.findResource(name);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.sallyport.bootstrap.") || name.startsWith("io.sallyport.jdbc.contract.")) {
                // In an agent the first are in java.base; the others are how tests talk to application classes.
                return WovenProcess.class.getClassLoader().loadClass(name);
            }
            if (!name.startsWith("io.sallyport.jdbc.sample.")) {
                return super.findClass(name);
            }
            try (var in = WovenProcess.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
