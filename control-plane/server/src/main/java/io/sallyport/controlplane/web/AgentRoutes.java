package io.sallyport.controlplane.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.agents.AgentChannel;
import io.sallyport.controlplane.agents.ChannelServices;
import io.sallyport.controlplane.agents.Credentialed;
import io.sallyport.controlplane.agents.Enrolment;
import io.sallyport.controlplane.people.LoginThrottle;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.Wire;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The agents' endpoints. They know only workload credentials; a person's token opens nothing here, nor the other way round. */
final class AgentRoutes {

    private static final String WORKLOAD = "sallyport.workload";
    private static final String CHANNEL = "sallyport.channel";
    private static final long HELLO_SECONDS = 10;
    private static final int POLICY_VIOLATION = 1008;

    private final Enrolment enrolment;
    private final ChannelServices channels;
    private final LoginThrottle throttle;
    private final ScheduledExecutorService timer;

    AgentRoutes(Enrolment enrolment, ChannelServices channels, LoginThrottle throttle, ScheduledExecutorService timer) {
        this.enrolment = enrolment;
        this.channels = channels;
        this.throttle = throttle;
        this.timer = timer;
    }

    List<Endpoint> table() {
        return List.of(Endpoint.open(HandlerType.POST, Paths.ENROLL, this::enroll));
    }

    void register(RoutesConfig routes) {
        routes.wsBeforeUpgrade(Paths.CHANNEL, this::authenticate);
        routes.ws(Paths.CHANNEL, this::channel);
    }

    private void enroll(Context request) {
        String key = "enrol " + request.ip();
        throttle.check(key);
        try {
            BearerText credential = BearerText.fromHeader(request.header("Authorization"), BearerText.WORKLOAD);
            if (credential != null) {
                request.json(enrolment.withCredential(credential));
            } else {
                // Not strict: a newer agent may send members that this version does not know.
                EnrollRequest body = Wire.read(request.body(), EnrollRequest.class);
                if (body == null) {
                    throw new Problem(Problem.Kind.INVALID, "the body is not an enrolment request");
                }
                request.json(enrolment.withToken(body));
            }
            throttle.succeeded(key);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new Problem(Problem.Kind.INVALID, "the body is not an enrolment request");
        } catch (Problem e) {
            if (e.kind() == Problem.Kind.UNAUTHENTICATED) {
                throttle.failed(key);
            }
            throw e;
        }
    }

    private void authenticate(Context request) {
        request.attribute(
                WORKLOAD,
                enrolment.authenticate(BearerText.fromHeader(request.header("Authorization"), BearerText.WORKLOAD)));
    }

    private void channel(WsConfig ws) {
        ws.onConnect(context -> {
            Credentialed workload = context.attribute(WORKLOAD);
            if (workload == null) {
                context.closeSession(POLICY_VIOLATION, "not authenticated");
                return;
            }
            SocketLine line = new SocketLine(context.session);
            AgentChannel channel = channels.open(workload, line);
            context.attribute(CHANNEL, channel);
            timer.schedule(
                    () -> {
                        if (!channel.introduced()) {
                            line.close(POLICY_VIOLATION, "no hello");
                        }
                    },
                    HELLO_SECONDS,
                    TimeUnit.SECONDS);
        });
        ws.onMessage(context -> {
            AgentChannel channel = of(context);
            if (channel != null) {
                channel.onText(context.message());
            }
        });
        ws.onBinaryMessage(context -> context.closeSession(POLICY_VIOLATION, "text frames only"));
        ws.onClose(context -> {
            AgentChannel channel = of(context);
            if (channel != null) {
                channel.onClosed();
            }
        });
    }

    private static @org.jspecify.annotations.Nullable AgentChannel of(WsContext context) {
        return context.attribute(CHANNEL);
    }
}
