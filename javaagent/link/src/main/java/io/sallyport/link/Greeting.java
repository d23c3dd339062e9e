package io.sallyport.link;

import io.sallyport.protocol.AgentMessage.Disk;
import io.sallyport.protocol.AgentMessage.Hello;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The first message on every channel. */
final class Greeting {

    static Hello of(
            LinkOptions options,
            String instance,
            String spool,
            long policyVersion,
            String recordingKey,
            @Nullable Disk disk) {
        return new Hello(
                options.self().workload(),
                instance,
                host(),
                ProcessHandle.current().pid(),
                Runtime.version().toString(),
                options.self().agentVersion(),
                spool,
                policyVersion,
                options.self().labels(),
                recordingKey,
                disk);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            String name = System.getenv("HOSTNAME");
            return name == null ? "unknown" : name;
        }
    }

    private Greeting() {}
}
