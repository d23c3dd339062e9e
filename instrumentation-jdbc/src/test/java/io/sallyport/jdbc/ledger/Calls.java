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

    /** A method by its owner's name with dots, its own and its descriptor. */
    record Ref(String owner, String name, String descriptor) {}

    private final Map<String, Set<String>> above = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, List<String>> directlyAbove = new HashMap<>();
    private final Map<Ref, List<Ref>> called = new HashMap<>();

    Calls(DriverJar driver) {
        for (byte[] file : driver.classFiles()) {
            new ClassReader(file).accept(new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        for (String type : directlyAbove.keySet()) {
            for (String supertype : above(type)) {
                below.computeIfAbsent(supertype, n -> new LinkedHashSet<>()).add(type);
            }
        }
    }

    /**
     * Whether a body calls a method that {@code wanted} accepts, by way of whatever other methods of the driver.
     *
     * @param stops ways that are not gone further
     */
    boolean leads(Ref body, Predicate<Ref> wanted, Predicate<Ref> stops) {
        Deque<Ref> open = new ArrayDeque<>(List.of(body));
        Set<Ref> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            for (Ref call : called.getOrDefault(open.poll(), List.of())) {
                if (wanted.test(call)) {
                    return true;
                }
                for (Ref meant : bodies(call)) {
                    if (wanted.test(meant)) {
                        return true;
                    }
                    if (!stops.test(meant) && seen.add(meant)) {
                        open.add(meant);
                    }
                }
            }
        }
        return false;
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
                public void visitMethodInsn(
                        int opcode, String owner, String method, String type, boolean isInterface) {
                    String callee = dotted(owner);
                    calls.add(new Ref(callee, method, type));
                    if (method.equals("<init>")) {
                        // Given to a thread, a timer, an executor.
                        calls.add(new Ref(callee, "run", "()V"));
                        calls.add(new Ref(callee, "call", "()Ljava/lang/Object;"));
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String method, String type, Handle bootstrap, Object... arguments) {
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
