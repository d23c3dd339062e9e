package io.sallyport.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent from the part of its jar that no other loader recognises: {@code inst/**}, class files named
 * {@code *.classdata}. Its parent is the platform loader, so nothing of the application is visible to the agent.
 *
 * <p>The jar is opened without signature verification, which is slow before the JIT has warmed up, and stays open.
 */
public final class AgentClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String PREFIX = "inst/";

    private final JarFile jar;
    private final String jarUrl;

    public AgentClassLoader(File file) throws IOException {
        super("sallyport", ClassLoader.getPlatformClassLoader());
        this.jar = new JarFile(file, false);
        this.jarUrl = "jar:" + file.toURI() + "!/";
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = read(PREFIX + name.replace('.', '/') + ".classdata");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        String entry = entryName(name);
        if (jar.getEntry(entry) == null) {
            return null;
        }
        try {
            return new URL(jarUrl + entry);
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL one = findResource(name);
        return one == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(one));
    }

    /** Reads from the open jar instead of through a URL, which would open it a second time. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = read(entryName(name));
        return bytes != null ? new ByteArrayInputStream(bytes) : getParent().getResourceAsStream(name);
    }

    /** Bytes of an entry of the agent jar outside {@code inst/}; {@code null} when there is none. */
    public byte @Nullable [] read(String entry) {
        ZipEntry e = jar.getEntry(entry);
        if (e == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(e)) {
            return in.readAllBytes();
        } catch (IOException x) {
            throw new IllegalStateException("cannot read " + entry + " of " + jar.getName(), x);
        }
    }

    private static String entryName(String name) {
        return PREFIX + (name.endsWith(".class") ? name.substring(0, name.length() - 6) + ".classdata" : name);
    }
}
