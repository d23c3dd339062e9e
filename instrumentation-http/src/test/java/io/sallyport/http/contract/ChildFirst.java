package io.sallyport.http.contract;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;

/** A version of a library before the one that is on the class path, whose other dependencies it uses. */
public final class ChildFirst extends URLClassLoader {

    /** @param folder with the jars of that version */
    public ChildFirst(File folder) throws MalformedURLException {
        super(OtherVersion.jars(folder), ChildFirst.class.getClassLoader());
    }

    /** The weaver reads class files. */
    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException elsewhere) {
                return super.loadClass(name, resolve);
            }
        }
    }
}
