package io.sallyport.http.okhttp;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;

/** OkHttp. */
public final class OkHttpModule implements WeaveModule {

    @Override
    public String name() {
        return "okhttp";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                        RealCallWeave.TYPE,
                        RealCallWeave.TYPE_IN_3,
                        DispatcherWeave.TYPE,
                        BridgeWeave.TYPE,
                        ConnectWeave.TYPE,
                        PlanWeave.TYPE,
                        RouteWeave.TYPE,
                        CallServerWeave.TYPE,
                        ResponseWeave.TYPE)
                .or(ClassFilter.named(CodecWeave.TYPES));
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new RealCallWeave(),
                new DispatcherWeave(),
                new BridgeWeave(),
                new ConnectWeave(),
                new PlanWeave(),
                new RouteWeave(),
                new CallServerWeave(),
                new CodecWeave(),
                new ResponseWeave());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.okhttp");
    }
}
