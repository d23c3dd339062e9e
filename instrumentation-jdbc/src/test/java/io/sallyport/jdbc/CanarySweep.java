package io.sallyport.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.CharArrayWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calls every public method that could show a value, of an object and of whatever it hands out, with all arguments that make sense, and
 * looks for a stored value in what comes back: results, streams, filled buffers, messages of exceptions. What a driver calls public
 * counts, not what JDBC does: methods of its classes, and their public fields.
 */
final class CanarySweep {

    /** Methods that move, end or change what is swept, or wait. Nothing of this kind hands out a value. */
    private static final List<String> NOT_CALLED = List.of(
            "close",
            "abort",
            "free",
            "cancel",
            "set",
            "update",
            "delete",
            "insert",
            "moveTo",
            "next",
            "previous",
            "first",
            "last",
            "beforeFirst",
            "afterLast",
            "absolute",
            "relative",
            "wait",
            "notify",
            "hashCode",
            "equals",
            "commit",
            "rollback",
            "release",
            "add",
            "clear",
            "truncate",
            "refreshRow",
            "cancelRow",
            "register",
            "fire",
            "execute",
            "prepare",
            "create",
            "getClass",
            "reset",
            "shutdown",
            "kill",
            "remove",
            "begin",
            "end",
            "ping",
            "change",
            "disable",
            "enable",
            "handle",
            "purge",
            "lock",
            "unlock",
            "init",
            "put",
            "process",
            "flush",
            "realClose",
            "doClose",
            "getMoreResults",
            "start",
            "stop",
            "run",
            "write",
            "append",
            "fetch",
            "reload",
            "read",
            "receive",
            "do",
            "await",
            "negotiate",
            "authentication",
            "wait",
            "increment",
            "decrement",
            "decrease",
            "enter",
            "leave",
            "on",
            "throw",
            "drop",
            "connect",
            "disconnect",
            "send");

    private static final int MOST_ARGUMENTS = 40;
    private static final int DEEPEST = 4;
    private static final int MOST_OBJECTS = 250;

    private final String canary;
    private final int columns;
    private final List<String> labels;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Step> open = new ArrayDeque<>();
    private final Set<String> leaks = new TreeSet<>();
    private int calls;
    private boolean engines;

    private record Step(Object object, String path, int depth) {}

    /** @param labels of the columns, in their order; the sweep reads all of them */
    CanarySweep(String canary, List<String> labels) {
        this.canary = canary;
        this.labels = labels;
        this.columns = labels.size();
    }

    /** @return how the value was reached, sorted; empty where nothing showed it */
    Set<String> of(Object root) {
        engines = root instanceof Connection;
        open.add(new Step(root, root.getClass().getSimpleName(), 0));
        int objects = 0;
        while (!open.isEmpty() && objects < MOST_OBJECTS) {
            Step step = open.poll();
            if (seen.add(step.object()) || step.depth() == 0) {
                objects++;
                sweep(step);
            }
        }
        open.clear();
        return leaks;
    }

    /** Number of calls that were made. */
    int calls() {
        return calls;
    }

    private void sweep(Step step) {
        for (Field field : step.object().getClass().getFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && open(field)) {
                try {
                    shown(field.get(step.object()), step, field.getName());
                } catch (IllegalAccessException closed) {
                    // Not public after all.
                }
            }
        }
        Method[] methods = step.object().getClass().getMethods();
        java.util.Arrays.sort(methods, Comparator.comparing(Method::toString));
        for (Method method : methods) {
            if (!Modifier.isStatic(method.getModifiers()) && isReader(method) && open(method)) {
                for (Object[] arguments : arguments(method.getParameterTypes())) {
                    call(step, method, arguments);
                }
            }
        }
    }

    private static boolean open(AccessibleObject member) {
        try {
            member.setAccessible(true);
            return true;
        } catch (RuntimeException inAModule) {
            return false;
        }
    }

    private static boolean isReader(Method method) {
        String name = method.getName();
        for (String no : NOT_CALLED) {
            if (name.startsWith(no)
                    && (name.length() == no.length() || !Character.isLowerCase(name.charAt(no.length())))) {
                return false;
            }
        }
        return method.getParameterCount() <= 3;
    }

    private void call(Step step, Method method, Object[] arguments) {
        StringBuilder shownArguments = new StringBuilder();
        for (Object argument : arguments) {
            shownArguments.append(shownArguments.length() == 0 ? "" : ",").append(name(argument));
        }
        String how = method.getName() + "(" + shownArguments + ")";
        calls++;
        try {
            shown(method.invoke(step.object(), arguments), step, how);
        } catch (InvocationTargetException thrown) {
            for (Throwable t = thrown.getCause(); t != null; t = t.getCause()) {
                check(String.valueOf(t), step, how + "!");
            }
        } catch (IllegalAccessException | IllegalArgumentException notCallable) {
            return;
        }
        for (Object argument : arguments) {
            if (argument instanceof byte[]
                    || argument instanceof char[]
                    || argument instanceof StringBuilder
                    || argument instanceof ByteArrayOutputStream
                    || argument instanceof Writer) {
                shown(argument, step, how + ">");
            }
        }
    }

    private static String name(Object argument) {
        return argument instanceof Class<?> type
                ? type.getSimpleName()
                : argument == null || argument instanceof String || argument instanceof Number
                        ? String.valueOf(argument)
                        : argument.getClass().getSimpleName();
    }

    /** All combinations, the first of each kind but the leading one: columns by number and by name, types, sinks. */
    private List<Object[]> arguments(Class<?>[] types) {
        List<Object[]> all = new ArrayList<>();
        all.add(new Object[types.length]);
        for (int i = 0; i < types.length; i++) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] known : all) {
                for (Object value : values(types[i], i)) {
                    Object[] more = known.clone();
                    more[i] = value;
                    longer.add(more);
                }
            }
            all = longer.size() > MOST_ARGUMENTS ? longer.subList(0, MOST_ARGUMENTS) : longer;
        }
        return all;
    }

    private List<?> values(Class<?> type, int position) {
        if (type == int.class || type == Integer.class) {
            if (position > 0) {
                return List.of(64);
            }
            List<Integer> numbers = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                numbers.add(i);
            }
            return numbers;
        } else if (type == String.class) {
            return position == 0 ? labels : List.of("text");
        } else if (type == long.class || type == Long.class) {
            return List.of(position == 0 ? 1L : 64L);
        } else if (type == boolean.class) {
            return List.of(false, true);
        } else if (type == short.class) {
            return List.of((short) 1);
        } else if (type == byte.class) {
            return List.of((byte) 1);
        } else if (type == char.class) {
            return List.of('x');
        } else if (type == double.class) {
            return List.of(1.0);
        } else if (type == float.class) {
            return List.of(1f);
        } else if (type == Class.class) {
            return List.of(
                    String.class,
                    Object.class,
                    byte[].class,
                    InputStream.class,
                    Reader.class,
                    java.sql.Clob.class,
                    java.sql.SQLXML.class,
                    Custom.class,
                    char[].class,
                    java.sql.Array.class,
                    java.net.URL.class,
                    java.util.UUID.class,
                    StringBuilder.class);
        } else if (type == Map.class) {
            return List.of(Map.of("text", Custom.class));
        } else if (type == Calendar.class) {
            return List.of(Calendar.getInstance());
        } else if (type == byte[].class) {
            return List.of(new byte[256]);
        } else if (type == char[].class) {
            return List.of(new char[256]);
        } else if (type == StringBuilder.class) {
            return List.of(new StringBuilder());
        } else if (type.isAssignableFrom(ByteArrayOutputStream.class) && OutputStream.class.isAssignableFrom(type)) {
            return List.of(new ByteArrayOutputStream());
        } else if (Writer.class.isAssignableFrom(type) && type.isAssignableFrom(StringWriter.class)) {
            return List.of(new StringWriter());
        } else if (type == CharArrayWriter.class) {
            return List.of(new CharArrayWriter());
        }
        return Collections.singletonList(null);
    }

    /** What an application maps values to. */
    public static class Custom {}

    private void shown(Object value, Step step, String how) {
        if (value == null || value instanceof Class<?> || value instanceof Boolean) {
            return;
        } else if (value instanceof byte[] bytes) {
            check(new String(bytes, StandardCharsets.ISO_8859_1), step, how);
        } else if (value instanceof char[] chars) {
            check(new String(chars), step, how);
        } else if (value instanceof InputStream in) {
            drain(in, step, how);
        } else if (value instanceof Reader in) {
            drain(in, step, how);
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Math.min(Array.getLength(value), 50); i++) {
                shown(Array.get(value, i), step, how);
            }
        } else if (value instanceof Collection<?> many) {
            many.stream().limit(50).forEach(one -> shown(one, step, how));
        } else if (value instanceof Map<?, ?> many) {
            check(text(value), step, how);
            many.values().stream().limit(50).forEach(one -> shown(one, step, how));
        } else {
            if (value instanceof Buffer buffer && buffer.hasArray()) {
                shown(buffer.array(), step, how);
            }
            check(text(value), step, how);
            if (step.depth() < DEEPEST && isDrivers(value) && (engines || !isEngine(value))) {
                open.add(new Step(value, step.path() + "." + how, step.depth() + 1));
            }
        }
    }

    private static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException noText) {
            return String.valueOf(noText.getMessage());
        }
    }

    /** What would end the connection under the sweep's calls: looked at once, last. */
    private static boolean isEngine(Object value) {
        String name = value.getClass().getSimpleName();
        return value instanceof Connection
                || name.contains("Session")
                || name.contains("Protocol")
                || name.contains("Client")
                || name.contains("Executor");
    }

    private static boolean isDrivers(Object value) {
        String name = value.getClass().getName();
        return name.startsWith("org.postgresql.")
                || name.startsWith("org.h2.")
                || name.startsWith("org.sqlite.")
                || name.startsWith("com.mysql.")
                || name.startsWith("org.mariadb.")
                || name.startsWith("io.sallyport.jdbc.read.");
    }

    private void drain(InputStream in, Step step, String how) {
        try {
            check(new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1), step, how);
        } catch (Exception broken) {
            check(String.valueOf(broken), step, how);
        }
    }

    private void drain(Reader in, Step step, String how) {
        char[] buffer = new char[4096];
        try {
            int n = in.read(buffer);
            check(n <= 0 ? "" : new String(buffer, 0, n), step, how);
        } catch (Exception broken) {
            check(String.valueOf(broken), step, how);
        }
    }

    private void check(String shown, Step step, String how) {
        String flat = shown.replace("\0", "").toLowerCase(Locale.ROOT);
        byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
        if (flat.contains(canary)
                || flat.contains(java.util.HexFormat.of().formatHex(bytes))
                || shown.contains(java.util.Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
            leaks.add(step.path() + "." + how);
        }
    }
}
