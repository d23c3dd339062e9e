package io.sallyport.link;

import io.sallyport.protocol.AgentMessage.Hello;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The first message on every channel. */
final class Greeting {

    static Hello of(LinkOptions options, String instance, String spool, long policyVersion, String recordingKey) {
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
                recordingKey);
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
