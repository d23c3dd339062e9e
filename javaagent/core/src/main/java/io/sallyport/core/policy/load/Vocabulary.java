package io.sallyport.core.policy.load;

import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.OnWrite;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.rule.Approval;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.sql.StatementKind;
import java.time.DayOfWeek;
import java.util.List;

/** The words that each choice of a policy file may have. */
final class Vocabulary {

    static final Words<Mode> MODE = Words.of(Mode.class);
    static final Words<Default> DEFAULT = Words.of(Default.class);
    static final Words<Then> THEN = Words.of(Then.class);
    static final Words<StatementKind> KIND = Words.of(StatementKind.class, StatementKind::policyName);
    static final Words<Per> PER = Words.of(Per.class);
    static final Words<TlsRequirement.Level> LEVEL = Words.of(TlsRequirement.Level.class, Vocabulary::dashed);
    static final Words<TlsRequirement.Exemption> EXEMPTION =
            Words.of(TlsRequirement.Exemption.class, Vocabulary::dashed);
    static final Words<MinVersion> MIN_VERSION = Words.of(MinVersion.class, v -> v.jsseName);
    static final Words<RecordLevel> RECORD_LEVEL = Words.of(RecordLevel.class);
    static final Words<OnFull> ON_FULL = Words.of(OnFull.class);
    static final Words<Durability> DURABILITY = Words.of(Durability.class);
    static final Words<OnWrite> ON_WRITE = Words.of(OnWrite.class);
    static final Words<Reason> REASON = Words.of(Reason.class);
    static final Words<Approval.Moment> MOMENT = Words.of(Approval.Moment.class);
    static final Words<MaskSpec.Truncate.Unit> TRUNCATE = Words.of(MaskSpec.Truncate.Unit.class);
    static final Words<DayOfWeek> DAY =
            Words.of(DayOfWeek.class, d -> Words.lower(d).substring(0, 3));
    static final Words<Plain> PLAIN = Words.of(Plain.class);

    /** HTTP methods (RFC 9110, RFC 5789, RFC 4918 and its kin are open-ended; a misspelt one must not pass unseen). */
    static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "REPORT",
            "SEARCH",
            "QUERY");

    /** Masking functions without parameters. */
    enum Plain {
        REDACT,
        NULL,
        EMAIL
    }

    /** Values of {@code minVersion}; older versions are broken and cannot be asked for. */
    enum MinVersion {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        final String jsseName;

        MinVersion(String jsseName) {
            this.jsseName = jsseName;
        }
    }

    /** Values of {@code rows.per}. */
    enum Per {
        STATEMENT,
        TRANSACTION
    }

    /** Values of {@code record.onFull}. */
    enum OnFull {
        REFUSE,
        DROP
    }

    /** Values of {@code record.durability}: which failure an event survives before its call is sent. */
    enum Durability {
        CRASH,
        POWER
    }

    /** Values of {@code approval.reason}. */
    enum Reason {
        REQUIRED,
        OPTIONAL
    }

    private Vocabulary() {}

    private static String dashed(Enum<?> e) {
        return Words.lower(e).replace('_', '-');
    }
}
