package io.sallyport.weaving;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.Matchers;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;
import io.sallyport.weaving.write.AdviceCall;
import io.sallyport.weaving.write.CallSite;
import io.sallyport.weaving.write.GuardedRead;
import io.sallyport.weaving.write.Part;
import io.sallyport.weaving.write.StraightCalls;
import io.sallyport.weaving.write.WovenClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what the {@link WeavePoint}s ask for and writes it into one class. One instance per class. */
final class WeaveRecipe implements Weave {

    private final WeaveModule module;
    private final TypeInfo type;
    private final StatePlanner.Place place;
    private final AdviceLibrary library;
    private final List<Rule> rules = new ArrayList<>();
    private boolean stateful;

    /** What is woven into which methods. */
    private record Rule(Match<? super MethodInfo> methods, Part part) {}

    private record WithBody(Match<? super MethodInfo> methods) implements Match<MethodInfo> {
        @Override
        public boolean matches(MethodInfo method) {
            return method.hasBody() && methods.matches(method);
        }
    }

    WeaveRecipe(WeaveModule module, TypeInfo type, StatePlanner.Place place, AdviceLibrary library) {
        this.module = module;
        this.type = type;
        this.place = place;
        this.library = library;
    }

    /** The class file with what was asked for. */
    byte[] write(byte[] classFile) {
        Map<String, MethodInfo> methods = new HashMap<>();
        for (MethodInfo m : type.methods()) {
            methods.put(m.name() + m.descriptor(), m);
        }
        return WovenClass.write(
                classFile, stateful && place == StatePlanner.Place.INJECTED_HERE, new WovenClass.Plan() {
                    @Override
                    public List<Part> parts(int access, String name, String descriptor) {
                        // No point is about a class initializer, and no description has it.
                        return name.equals("<clinit>") ? List.of() : partsOf(methods.get(name + descriptor));
                    }
                });
    }

    private List<Part> partsOf(@Nullable MethodInfo method) {
        if (method == null) {
            throw new IllegalStateException("a method is in the class file and not in its description");
        }
        List<Part> parts = new ArrayList<>();
        for (Rule r : rules) {
            if (r.methods().matches(method)) {
                parts.add(r.part());
            }
        }
        return parts;
    }

    @Override
    public Weave state() {
        stateful = true;
        return this;
    }

    @Override
    public Weave call(Match<? super MethodInfo> methods, String advice) {
        return add(
                new WithBody(methods),
                new AdviceCall(library.advice(advice), site(), new DeclaredFields(type, stateful && isInField())));
    }

    @Override
    public Weave must(Match<? super MethodInfo> methods, String advice) {
        if (type.methods().stream().noneMatch(new WithBody(methods)::matches)) {
            throw new IllegalStateException("this version has no method for "
                    + advice.substring(advice.lastIndexOf('.') + 1) + " (" + methods + ")");
        }
        return call(methods, advice);
    }

    @Override
    public Weave straight(String owner, String getter, String field) {
        rules.add(new Rule(Matchers.any(), new StraightCalls(site(), owner.replace('.', '/'), getter, field)));
        return this;
    }

    @Override
    public Weave read(Match<? super MethodInfo> getters) {
        if (!stateful) {
            throw new IllegalStateException("getters of " + type.name() + " can only be guarded after state()");
        }
        return add(new WithBody(getters), new GuardedRead(isInField()));
    }

    private boolean isInField() {
        return place != StatePlanner.Place.WEAK_MAP;
    }

    private CallSite site() {
        return new CallSite(module.idiom().argument(), module.name());
    }

    private Weave add(Match<? super MethodInfo> methods, Part part) {
        rules.add(new Rule(methods, part));
        return this;
    }
}
