package io.sallyport.http.jdk;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.http.HttpRefusals;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the advice of this package calls. Stateless but for the agent's context. */
final class JdkCalls {

    private static final Gate GATE = AgentContext.current().gate();

    private JdkCalls() {}

    static Object[] send(Object client, HttpRequest request, BodyHandler<?> handler) throws IOException {
        try {
            HttpCommand command = command(client, request);
            demandTls(command);
            Waiter waiter = request.timeout().map(Waiter::new).orElseGet(Waiter::unlimited);
            Passage passage = GATE.admit(command, waiter);
            return new Object[] {masking(handler, passage), passage};
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    static void sent(Object[] entered, @Nullable Throwable thrown) {
        report((Passage) entered[1], thrown);
    }

    static Object[] sendAsync(
            Object client, HttpRequest request, BodyHandler<?> handler, @Nullable PushPromiseHandler<?> push) {
        Passage released = HeldCall.takeRelease(request);
        if (released != null) {
            return proceed(released, handler, push);
        }
        try {
            HttpCommand command = command(client, request);
            demandTls(command);
            CompletableFuture<Passage> admission = GATE.admitAsync(command);
            if (admission.isDone() && !admission.isCompletedExceptionally()) {
                return proceed(admission.join(), handler, push);
            }
            return instead(HeldCall.of(client, request, handler, push, admission));
        } catch (RefusedException e) {
            return instead(CompletableFuture.failedFuture(HttpRefusals.exception(e.refusal())));
        }
    }

    private static Object[] proceed(Passage passage, BodyHandler<?> handler, @Nullable PushPromiseHandler<?> push) {
        PushPromiseHandler<?> guarded = push == null || passage.obligations().bodies() == BodyMaskPlan.NONE
                ? push
                : MaskingHandler.refusingPushes();
        return new Object[] {null, masking(handler, passage), guarded, passage};
    }

    private static Object[] instead(CompletableFuture<?> future) {
        return new Object[] {future, null, null, null};
    }

    static @Nullable CompletableFuture<?> sentAsync(
            Object[] entered, @Nullable CompletableFuture<?> returned, @Nullable Throwable thrown) {
        if (entered[0] != null) {
            return (CompletableFuture<?>) entered[0];
        }
        Passage passage = (Passage) entered[3];
        if (returned == null) {
            report(passage, thrown);
            return null;
        }
        // The caller gets the client's own future, so that cancel and completion behave as ever.
        returned.whenComplete((response, failure) -> report(passage, failure));
        return returned;
    }

    static void redirected(URI location, String method, HttpRequest original) throws IOException {
        try {
            HttpCommand command = JdkCommand.of("redirect", location, method, original);
            demandTls(command);
            GATE.admitNested(command).completed(-1);
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    private static void report(Passage passage, @Nullable Throwable failure) {
        if (failure == null) {
            passage.completed(-1);
        } else {
            passage.failed(failure);
        }
    }

    private static BodyHandler<?> masking(BodyHandler<?> handler, Passage passage) {
        BodyMaskPlan plan = passage.obligations().bodies();
        return plan == BodyMaskPlan.NONE || handler == null ? handler : new MaskingHandler<>(handler, plan);
    }

    private static HttpCommand command(Object client, HttpRequest request) {
        return JdkCommand.of(session(client), request);
    }

    private static String session(Object client) {
        String session = StateField.get(client, String.class);
        if (session == null) {
            session = UUID.randomUUID().toString();
            StateField.set(client, session);
        }
        return session;
    }

    /** A plain-text request under a policy that demands encryption is refused before a connection is made. */
    private static void demandTls(HttpCommand command) throws RefusedException {
        String scheme = command.target().vendor();
        boolean plain = scheme.equals("http") || scheme.equals("ws");
        if (plain && GATE.tls(command.target()).demandsEncryption()) {
            GATE.verifyTls(
                    new ConnectCommand(command.target(), command.session(), command.caller(), Map.of(), ""),
                    TlsFacts.PLAINTEXT);
        }
    }
}
