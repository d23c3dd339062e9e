package io.sallyport.http.contract;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Defines a test client next to another version of its library, as an application server would. */
public final class OtherVersion extends ClassLoader {

    private static final Map<String, OtherVersion> LOADED = new ConcurrentHashMap<>();

    private final URLClassLoader jars;
    private final String client;

    private OtherVersion(URLClassLoader jars, String client) {
        super(OtherVersion.class.getClassLoader());
        this.jars = jars;
        this.client = client;
    }

    /**
     * Each version is loaded, and woven, once.
     *
     * @param folder below {@code target/clients}, with the jars of that version
     */
    public static TestClient of(String folder, Class<? extends TestClient> client) {
        return made(LOADED.computeIfAbsent(folder + " " + client.getName(), of -> load(folder, client)), client);
    }

    /** The same of a library whose other dependencies are those on the class path. */
    public static TestClient overTheClassPath(String folder, Class<? extends TestClient> client) {
        return made(LOADED.computeIfAbsent(folder + " " + client.getName(), of -> loadFirst(folder, client)), client);
    }

    private static TestClient made(OtherVersion version, Class<? extends TestClient> client) {
        try {
            return (TestClient)
                    version.loadClass(client.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static OtherVersion load(String folder, Class<? extends TestClient> client) {
        try {
            URL[] jars = jars(new File("target/clients", folder));
            return new OtherVersion(new URLClassLoader(jars, ClassLoader.getPlatformClassLoader()), client.getName());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OtherVersion loadFirst(String folder, Class<? extends TestClient> client) {
        try {
            return new OtherVersion(new ChildFirst(new File("target/clients", folder)), client.getName());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of these tests next to another version, in a loader of its own, whose other dependencies are those on the class path. */
    public static Class<?> define(Class<?> type, File folder) throws Exception {
        return new OtherVersion(new ChildFirst(folder), type.getName()).loadClass(type.getName());
    }

    static URL[] jars(File folder) throws MalformedURLException {
        File[] jars = folder.listFiles();
        if (jars == null) {
            throw new IllegalStateException("run Maven's process-test-resources once: no jars in " + folder);
        }
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toURI().toURL();
        }
        return urls;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.equals(client) || name.startsWith(client + "$")) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }
        try {
            return jars.loadClass(name);
        } catch (ClassNotFoundException notOfTheLibrary) {
            return super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
