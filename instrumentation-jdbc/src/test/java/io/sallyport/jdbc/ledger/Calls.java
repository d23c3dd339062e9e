package io.sallyport.jdbc.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Who calls whom in a driver, as its bytecode says: a call of a method leads to each body that may be meant, in the type that is named, what it inherits
 * from and what inherits from it. What goes by way of the JDK is followed where JDBC's interfaces, or a task that is made for a thread, are called.
 */
final class Calls {

    private static final Set<String> STREAMS = Set.of(
            "java.io.OutputStream",
            "java.io.FilterOutputStream",
            "java.io.BufferedOutputStream",
            "java.io.DataOutputStream");

    /** A method by its owner's name with dots, its own and its descriptor. */
    record Ref(String owner, String name, String descriptor) {

        static Ref of(MethodDescription.InDefinedShape body) {
            return new Ref(body.getDeclaringType().asErasure().getName(), body.getInternalName(), body.getDescriptor());
        }
    }

    private final Map<String, Set<String>> above = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, List<String>> directlyAbove = new HashMap<>();
    private final Map<Ref, List<Ref>> called = new HashMap<>();
    private final Map<Ref, Set<Ref>> callers = new HashMap<>();

    Calls(DriverJar driver) {
        for (byte[] file : driver.classFiles()) {
            new ClassReader(file).accept(new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        for (String type : directlyAbove.keySet()) {
            for (String supertype : above(type)) {
                below.computeIfAbsent(supertype, n -> new LinkedHashSet<>()).add(type);
            }
        }
        Map<Ref, Collection<Ref>> meant = new HashMap<>();
        called.forEach((caller, calls) -> {
            for (Ref call : calls) {
                for (Ref body : meant.computeIfAbsent(call, this::bodies)) {
                    callers.computeIfAbsent(body, n -> new HashSet<>()).add(caller);
                }
            }
        });
    }

    /** Bodies that are named so, in that type, and those that call one, by way of whatever other methods of the driver. */
    Set<Ref> leadingTo(String type, String method) {
        return leadingTo(body -> body.owner().equals(type) && body.name().equals(method), body -> false);
    }

    /** Bodies that write to a stream or channel, which may be the wire's, by way of others of the driver that {@code doors} does not accept. */
    Set<Ref> writing(Predicate<Ref> doors) {
        Set<Ref> direct = new HashSet<>();
        called.forEach((caller, calls) -> {
            if (calls.stream().anyMatch(Calls::writes)) {
                direct.add(caller);
            }
        });
        return leadingTo(direct::contains, doors);
    }

    private static boolean writes(Ref call) {
        return STREAMS.contains(call.owner())
                        && (call.name().startsWith("write") || call.name().equals("flush"))
                || call.owner().startsWith("java.nio.channels.") && call.name().equals("write");
    }

    private Set<Ref> leadingTo(Predicate<Ref> wanted, Predicate<Ref> doors) {
        Deque<Ref> open = new ArrayDeque<>();
        for (Ref body : called.keySet()) {
            if (wanted.test(body)) {
                open.add(body);
            }
        }
        Set<Ref> leading = new HashSet<>(open);
        while (!open.isEmpty()) {
            Ref body = open.poll();
            if (!doors.test(body)) {
                for (Ref caller : callers.getOrDefault(body, Set.of())) {
                    if (leading.add(caller)) {
                        open.add(caller);
                    }
                }
            }
        }
        return leading;
    }

    private Collection<Ref> bodies(Ref call) {
        Set<Ref> meant = new LinkedHashSet<>();
        if (called.containsKey(call)) {
            meant.add(call);
        } else {
            for (String supertype : above(call.owner())) {
                Ref inherited = new Ref(supertype, call.name(), call.descriptor());
                if (called.containsKey(inherited)) {
                    meant.add(inherited);
                    break;
                }
            }
        }
        if (isFollowed(call.owner()) && !call.name().equals("<init>")) {
            for (String subtype : below.getOrDefault(call.owner(), Set.of())) {
                Ref other = new Ref(subtype, call.name(), call.descriptor());
                if (called.containsKey(other)) {
                    meant.add(other);
                }
            }
        }
        return meant;
    }

    private boolean isFollowed(String owner) {
        return directlyAbove.containsKey(owner) || owner.startsWith("java.sql.") || owner.startsWith("javax.sql.");
    }

    private Set<String> above(String type) {
        Set<String> known = above.get(type);
        if (known == null) {
            known = new LinkedHashSet<>();
            for (String direct : directlyAbove.getOrDefault(type, List.of())) {
                known.add(direct);
                known.addAll(above(direct));
            }
            above.put(type, known);
        }
        return known;
    }

    private final class Reader extends ClassVisitor {

        private String type = "";

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            type = dotted(name);
            List<String> direct = new ArrayList<>();
            if (superName != null) {
                direct.add(dotted(superName));
            }
            for (String each : interfaces) {
                direct.add(dotted(each));
            }
            directlyAbove.put(type, direct);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            if ((access & Opcodes.ACC_ABSTRACT) != 0) {
                return null;
            }
            List<Ref> calls = new ArrayList<>();
            called.put(new Ref(type, name, descriptor), calls);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    String callee = dotted(owner);
                    calls.add(new Ref(callee, method, type));
                    if (method.equals("<init>")) {
                        // Given to a thread, a timer, an executor, a subscriber.
                        calls.add(new Ref(callee, "run", "()V"));
                        calls.add(new Ref(callee, "call", "()Ljava/lang/Object;"));
                        calls.add(new Ref(callee, "subscribe", "(Ljava/util/concurrent/Flow$Subscriber;)V"));
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            calls.add(new Ref(dotted(handle.getOwner()), handle.getName(), handle.getDesc()));
                        }
                    }
                }
            };
        }
    }

    private static String dotted(String internal) {
        return internal.replace('/', '.');
    }
}
