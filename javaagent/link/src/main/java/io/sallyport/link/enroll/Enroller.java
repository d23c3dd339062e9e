package io.sallyport.link.enroll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.link.LinkException;
import io.sallyport.link.channel.Connector;
import io.sallyport.link.channel.HttpPost;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import io.sallyport.protocol.Wire;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a token for a credential, and renews it. Immutable.
 *
 * @param workload the name that the workload gives itself
 * @param limit for the answer
 */
public record Enroller(String workload, Map<String, String> labels, Duration limit) {

    /**
     * @param instance random identifier of the place that this process lives in
     * @throws TokenRefusedException when the token is unknown, expired or used up
     * @throws LinkException when the control plane cannot be reached, is not trusted, or answers nonsense
     */
    public Enrolment enrol(Connector connector, EnrolToken token, String instance)
            throws LinkException, InterruptedException {
        WorkloadKey.Made key = WorkloadKey.make();
        String request = Wire.write(new EnrollRequest(token.text(), workload, instance, labels, key.publicKey()));
        HttpPost.Answer answer = HttpPost.send(connector, Paths.ENROLL, null, request, limit);
        if (answer.status() == 401 || answer.status() == 403) {
            throw new TokenRefusedException("the control plane refused " + token.name() + " (" + error(answer.body())
                    + (token.identity()
                            ? "): check the issuer in its settings and who writes the token file"
                            : "): create a new one with its join-token command and put it into the token file"));
        }
        if (answer.status() / 100 != 2) {
            throw new LinkException("the control plane at " + connector.address() + " answered enrolment with HTTP "
                    + answer.status() + " (" + error(answer.body()) + ")");
        }
        EnrollResponse response = read(connector, answer.body());
        String caPin = token.caPin();
        return new Enrolment(
                connector.address().toString(),
                caPin == null ? "" : caPin,
                token.id(),
                instance,
                response.workloadId(),
                response.credential(),
                response.policyKey(),
                response.certificate() == null ? null : key.privateKey(),
                response.certificate(),
                response.expires(),
                null);
    }

    /**
     * Prolongs a credential.
     *
     * @param token a fresh identity token, where there is one
     * @throws TokenRefusedException when credential, key or token are not taken: the workload has to enrol again
     * @throws LinkException when the control plane cannot be reached or answers nonsense
     */
    public Enrolment renew(Connector connector, Enrolment enrolment, @Nullable EnrolToken token)
            throws LinkException, InterruptedException {
        String credential = enrolment.credential();
        if (credential == null) {
            return enrolment;
        }
        String key = enrolment.privateKey();
        String request = Wire.write(new RenewRequest(
                token == null || !token.identity() ? null : token.text(),
                key == null ? null : WorkloadKey.prove(key, credential)));
        HttpPost.Answer answer = HttpPost.send(connector, Paths.RENEW, credential, request, limit);
        if (answer.status() == 401 || answer.status() == 403) {
            throw new TokenRefusedException(
                    "the control plane did not renew this workload's credential (" + error(answer.body()) + ")");
        }
        if (answer.status() / 100 != 2) {
            throw new LinkException("the control plane at " + connector.address() + " answered a renewal with HTTP "
                    + answer.status() + " (" + error(answer.body()) + ")");
        }
        try {
            RenewResponse renewed = Wire.read(answer.body(), RenewResponse.class);
            return enrolment.renewed(renewed.certificate(), renewed.expires());
        } catch (JsonProcessingException e) {
            throw new LinkException(
                    "the control plane at " + connector.address() + " answered a renewal with nonsense");
        }
    }

    private static EnrollResponse read(Connector connector, String body) throws LinkException {
        try {
            EnrollResponse response = Wire.read(body, EnrollResponse.class);
            if (response.credential() != null && response.policyKey() != null && response.workloadId() != null) {
                return response;
            }
        } catch (JsonProcessingException e) {
            // Not repeated: the text could hold a credential.
        }
        throw new LinkException(
                "what answers at " + connector.address() + " is not a Sallyport control plane of this version");
    }

    /** The server's own words, if it used ours for errors. */
    private static String error(String body) {
        try {
            JsonNode error = Wire.json().readTree(body).path("error");
            if (error.isTextual()) {
                return error.asText().lines().findFirst().orElse("no reason given");
            }
        } catch (JsonProcessingException e) {
            // An error page of something else.
        }
        return "no reason given";
    }
}
