package io.example.probe;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls a service of gRPC by the transport that it prefers, and prints what became of it. */
public final class GrpcProbe {

    private static final MethodDescriptor.Marshaller<byte[]> EMPTY = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    };

    private GrpcProbe() {}

    /** @param place host and port */
    public static void main(String[] place) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress(place[0], Integer.parseInt(place[1]))
                .usePlaintext()
                .build();
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(EMPTY, EMPTY)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("people.People/Get")
                .build();
        ClientCall<byte[], byte[]> call =
                channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
        CompletableFuture<Status> closed = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(new byte[0]);
        call.halfClose();
        Status status = closed.get(60, TimeUnit.SECONDS);
        System.out.println((Epoll.isAvailable() ? "native: " : "java: ") + status.getCode() + " " + status.getCause());
        channel.shutdownNow();
    }
}
