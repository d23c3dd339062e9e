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
import io.sallyport.controlplane.agents.Credentials;
import io.sallyport.controlplane.agents.Enrolment;
import io.sallyport.controlplane.agents.Renewal;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RevokedResponse;
import io.sallyport.protocol.Wire;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The agents' endpoints. They know only workload credentials; a person's token opens nothing here, nor the other way round. Nobody guesses a secret of
 * 256 bits, so wrong ones pause nobody: one workload with an old token must not keep a cluster behind the same address from enrolling.
 */
final class AgentRoutes {

    private static final String WORKLOAD = "sallyport.workload";
    /** Where the servlet API puts the TLS peer. */
    private static final String PEER = "jakarta.servlet.request.X509Certificate";

    private static final String CHANNEL = "sallyport.channel";
    private static final long HELLO_SECONDS = 10;
    private static final int POLICY_VIOLATION = 1008;

    private final Enrolment enrolment;
    private final Renewal renewal;
    private final Credentials credentials;
    private final ChannelServices channels;
    private final RequestBudget budget;
    private final ScheduledExecutorService timer;

    AgentRoutes(
            Enrolment enrolment,
            Renewal renewal,
            Credentials credentials,
            ChannelServices channels,
            RequestBudget budget,
            ScheduledExecutorService timer) {
        this.budget = budget;
        this.enrolment = enrolment;
        this.renewal = renewal;
        this.credentials = credentials;
        this.channels = channels;
        this.timer = timer;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.uncounted(HandlerType.POST, Paths.ENROLL, this::enroll),
                Endpoint.uncounted(HandlerType.POST, Paths.RENEW, this::renew),
                Endpoint.uncounted(HandlerType.POST, Paths.REVOKED, this::revoked));
    }

    void register(RoutesConfig routes) {
        routes.wsBeforeUpgrade(Paths.CHANNEL, this::authenticate);
        routes.ws(Paths.CHANNEL, this::channel);
    }

    private void enroll(Context request) {
        budget.take(CallerAddress.of(request));
        request.json(enrolment.enrol(body(request, EnrollRequest.class)));
    }

    private void renew(Context request) {
        budget.take(CallerAddress.of(request));
        request.json(renewal.renew(credential(request), body(request, RenewRequest.class)));
    }

    private void revoked(Context request) {
        budget.take(CallerAddress.of(request));
        request.json(
                new RevokedResponse(credentials.revokedFor(credential(request), body(request, RenewRequest.class))));
    }

    /** Not strict: a newer agent may send members that this version does not know. */
    private static <T> T body(Context request, Class<T> type) {
        try {
            T body = Wire.read(request.body(), type);
            if (body != null) {
                return body;
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // Said below; the text could hold a token.
        }
        throw new Problem(Problem.Kind.INVALID, "the body is not the request that is expected here");
    }

    private static @Nullable BearerText credential(Context request) {
        return BearerText.fromHeader(request.header("Authorization"), BearerText.WORKLOAD);
    }

    private void authenticate(Context request) {
        budget.take(CallerAddress.of(request));
        X509Certificate[] chain = (X509Certificate[]) request.req().getAttribute(PEER);
        request.attribute(
                WORKLOAD,
                credentials.authenticate(credential(request), chain == null || chain.length == 0 ? null : chain[0]));
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

    private static @Nullable AgentChannel of(WsContext context) {
        return context.attribute(CHANNEL);
    }
}
