package io.sallyport.agent.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;

/** {@code attach}: loads the agent into a running JVM through the JDK's attach API (module jdk.attach, a JDK and not a JRE). */
final class Attach implements Command {

    @Override
    public String name() {
        return "attach";
    }

    @Override
    public String usage() {
        return "attach PID [--options OPTIONS]             loads the agent into a running JVM";
    }

    @Override
    public Set<String> options() {
        return Set.of("options");
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        String pid = arguments.only("a process id");
        try {
            // jdk.attach belongs to the system loader, which the agent loader does not see.
            Class<?> machine = ClassLoader.getSystemClassLoader().loadClass("com.sun.tools.attach.VirtualMachine");
            Object target = machine.getMethod("attach", String.class).invoke(null, pid);
            String options = arguments.options().getOrDefault("options", "");
            machine.getMethod("loadAgent", String.class, String.class).invoke(target, jar().toString(), options);
            machine.getMethod("detach").invoke(target);
            System.out.println("attached to " + pid);
            return 0;
        } catch (ClassNotFoundException e) {
            throw new UsageException("this Java runtime has no attach API; run it with a JDK's java");
        } catch (InvocationTargetException e) {
            System.err.println("sallyport attach: " + e.getCause() + "; the process says why on its standard error");
            return 1;
        } catch (ReflectiveOperationException | URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Path jar() throws URISyntaxException, ClassNotFoundException {
        // By its name: the entry points are no classes of the agent loader.
        Class<?> visible = ClassLoader.getSystemClassLoader().loadClass("io.sallyport.agent.SallyportAgent");
        return Path.of(visible.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toAbsolutePath();
    }
}
