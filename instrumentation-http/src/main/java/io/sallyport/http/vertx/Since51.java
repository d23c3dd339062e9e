package io.sallyport.http.vertx;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;

/** Types of Vert.x 5.1 that have the names, but not the shape, which they had before. */
enum Since51 implements Match<TypeInfo> {
    /** Clients keep their defaults in fields of their own and are shut down within a duration. */
    CLIENT {
        @Override
        boolean matches(MethodInfo method) {
            return method.name().equals("doShutdown") && takesFirst(method, "Ljava/time/Duration;");
        }
    },
    /** Streams hand on data and trailers. */
    STREAM {
        @Override
        boolean matches(MethodInfo method) {
            return method.name().equals("trailersHandler");
        }
    },
    /** Requests are written as buffers of Vert.x in place of Netty's. */
    REQUEST {
        @Override
        boolean matches(MethodInfo method) {
            return method.name().equals("doWrite") && takesFirst(method, "Lio/vertx/core/buffer/Buffer;");
        }
    };

    abstract boolean matches(MethodInfo method);

    private static boolean takesFirst(MethodInfo method, String descriptor) {
        return method.parameterCount() > 0 && method.parameterDescriptor(0).equals(descriptor);
    }

    @Override
    public boolean matches(TypeInfo target) {
        for (MethodInfo method : target.methods()) {
            if (matches(method)) {
                return true;
            }
        }
        return false;
    }
}
