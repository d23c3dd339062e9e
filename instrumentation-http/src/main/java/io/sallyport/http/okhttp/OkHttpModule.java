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
                new RouteWeave(),
                new CallServerWeave(),
                new CodecWeave(),
                new ResponseWeave());
    }

    /** Since version 5 on threads of its own, one for each address. */
    @Override
    public Set<String> connectors() {
        return Set.of("okhttp3.internal.");
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.okhttp");
    }
}
