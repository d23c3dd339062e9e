package io.sallyport.controlplane.agents;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.configuration.WorkloadSettings;
import io.sallyport.controlplane.outward.OutwardHttp;
import io.sallyport.controlplane.signin.ClaimPath;
import io.sallyport.controlplane.signin.Discovery;
import io.sallyport.controlplane.signin.JwtKeys;
import io.sallyport.controlplane.store.Clip;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identity tokens of workloads: JWTs of the issuers that the settings name, like a Kubernetes cluster's projected service account tokens.
 * Signature, issuer, audience and expiry are checked through discovery and JWKS. Thread-safe.
 */
public final class IdentityTokens {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityTokens.class);
    private static final Pattern CLAIM = Pattern.compile("\\{([^{}]+)}");
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration REDISCOVER_EVERY = Duration.ofHours(1);
    private static final Duration REDISCOVER_AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final int LONGEST = 16 * 1024;

    private final Map<String, Known> issuers = new LinkedHashMap<>();

    /** @throws StartFailure for settings that cannot work */
    public IdentityTokens(List<WorkloadSettings.Issuer> settings, Clock clock) {
        for (WorkloadSettings.Issuer one : settings) {
            if (one.name() == null || one.issuer() == null || one.audience() == null || one.workload() == null) {
                throw new StartFailure(
                        "settings: each issuer of workloads.oidc needs name, issuer, audience and workload");
            }
            if (!OutwardHttp.takes(one.issuer())) {
                throw new StartFailure("settings: the issuer of workloads.oidc " + one.name() + " must be https");
            }
            if (issuers.put(one.issuer().toString(), new Known(one, clock)) != null) {
                throw new StartFailure("settings: workloads.oidc names the issuer " + one.issuer() + " twice");
            }
        }
    }

    /** @param at when the issuer was asked for it */
    private record Discovered(URI keys, ConfigurableJWTProcessor<SecurityContext> processor, Instant at) {}

    private static final class Known {
        private final WorkloadSettings.Issuer settings;
        private final OutwardHttp http;
        private final Clock clock;
        private volatile @Nullable Discovered discovered;

        Known(WorkloadSettings.Issuer settings, Clock clock) {
            this.settings = settings;
            this.http = new OutwardHttp(settings.ca(), settings.bearer());
            this.clock = clock;
        }

        /** A token that fails is checked once more where the issuer has moved its keys meanwhile. */
        JWTClaimsSet check(String token) throws ParseException, BadJOSEException, JOSEException, IOException {
            Discovered known = discovered(REDISCOVER_EVERY);
            try {
                return known.processor().process(token, null);
            } catch (BadJOSEException | JOSEException e) {
                Discovered again = discovered(REDISCOVER_AT_MOST_EVERY);
                if (again.keys().equals(known.keys())) {
                    throw e;
                }
                return again.processor().process(token, null);
            }
        }

        /** What the issuer says of itself, asked anew when it is older; while it does not answer, what it said last holds. */
        private Discovered discovered(Duration oldest) throws IOException {
            Discovered known = discovered;
            Instant now = clock.instant();
            if (known != null && now.isBefore(known.at().plus(oldest))) {
                return known;
            }
            Discovered found;
            try {
                found = discover(known, now);
            } catch (IOException e) {
                if (known == null) {
                    throw e;
                }
                LOG.warn("{} cannot be asked where its keys are: {}", settings.issuer(), e.getMessage());
                found = new Discovered(known.keys(), known.processor(), now);
            }
            discovered = found;
            return found;
        }

        private Discovered discover(@Nullable Discovered known, Instant now) throws IOException {
            Issuer issuer = new Issuer(settings.issuer());
            OIDCProviderMetadata metadata = Discovery.of(issuer, http);
            URI keys = metadata.getJWKSetURI();
            if (keys == null) {
                throw new IOException("the discovery document has no jwks_uri");
            }
            if (known != null && known.keys().equals(keys)) {
                return new Discovered(keys, known.processor(), now);
            }
            ConfigurableJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            // A client's own token may call itself an access token (RFC 9068).
            processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
            processor.setJWSKeySelector(JwtKeys.at(keys, http));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    settings.audience(),
                    new JWTClaimsSet.Builder().issuer(issuer.getValue()).build(),
                    Set.of("sub", "exp", "iat")));
            return new Discovered(keys, processor, now);
        }
    }

    /** Whether a text looks like an identity token rather than a join token. */
    static boolean looksLikeOne(String text) {
        return text.startsWith("ey");
    }

    /**
     * Checks a token.
     *
     * @throws Problem 401 that says which check failed, never the token
     */
    Admission admit(String token) {
        if (token.length() > LONGEST) {
            throw refused("it is too long");
        }
        try {
            // Not believed yet: this only says whose keys to ask.
            String claimed =
                    String.valueOf(JWTParser.parse(token).getJWTClaimsSet().getIssuer());
            Known issuer = issuers.get(claimed);
            if (issuer == null) {
                throw refused("its issuer is not one of the settings");
            }
            return admission(issuer.settings, issuer.check(token));
        } catch (ParseException e) {
            throw refused("it is not a JWT");
        } catch (BadJOSEException e) {
            throw refused(e.getMessage());
        } catch (JOSEException | IOException e) {
            LOG.warn("identity tokens cannot be checked: {}", e.getMessage());
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "the issuer of this identity token cannot be asked for its keys now; the agent tries again");
        }
    }

    private static Admission admission(WorkloadSettings.Issuer settings, JWTClaimsSet claims) {
        Map<String, Object> all = claims.getClaims();
        Map<String, List<String>> required = settings.require() == null ? Map.of() : settings.require();
        required.forEach((claim, values) -> {
            if (ClaimPath.texts(all, claim).stream().noneMatch(values::contains)) {
                throw refused("its claim " + claim + " is none of those that are admitted");
            }
        });
        Map<String, String> labels = new TreeMap<>();
        (settings.labels() == null ? Map.<String, String>of() : settings.labels()).forEach((label, claim) -> {
            String value = ClaimPath.text(all, claim);
            if (value != null) {
                labels.put(label, Clip.text(value, 200));
            }
        });
        String unique = settings.uniqueTo() == null ? null : ClaimPath.text(all, settings.uniqueTo());
        Date issued = claims.getIssueTime();
        return new Admission(
                Admission.byIssuer(settings.name(), Clip.text(claims.getSubject(), 500)),
                "-",
                name(settings.workload(), all),
                labels,
                settings.groups() == null ? List.of() : ClaimPath.texts(all, settings.groups()),
                unique == null ? null : settings.name() + ":" + Clip.text(unique, 200),
                issued == null ? null : issued.toInstant(),
                LIFE);
    }

    private static String name(String template, Map<String, Object> claims) {
        Matcher matcher = CLAIM.matcher(template);
        StringBuilder name = new StringBuilder();
        while (matcher.find()) {
            String value = ClaimPath.text(claims, matcher.group(1));
            if (value == null) {
                throw refused("it has no claim " + matcher.group(1));
            }
            matcher.appendReplacement(name, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(name);
        return Clip.text(name.toString().replaceAll("\\p{Cntrl}", " "), 200);
    }

    private static Problem refused(@Nullable String why) {
        return new Problem(Problem.Kind.UNAUTHENTICATED, "the identity token is refused: " + why);
    }
}
