package io.sallyport.core.mask.function;

/** Builds masking functions. */
public final class MaskingFunctions {

    private static final MaskingFunction REDACT = new Redact();

    private MaskingFunctions() {}

    /**
     * The function that a specification describes.
     *
     * @throws IllegalArgumentException if it cannot work (a replacement that names an unknown group, for example)
     */
    public static MaskingFunction of(MaskSpec spec) {
        if (spec instanceof MaskSpec.Redact) {
            return REDACT;
        } else if (spec instanceof MaskSpec.ToNull) {
            return new ToNull();
        } else if (spec instanceof MaskSpec.Fixed fixed) {
            return new Fixed(fixed.value());
        } else if (spec instanceof MaskSpec.KeepFirst keep) {
            return new Keep(keep.count(), false);
        } else if (spec instanceof MaskSpec.KeepLast keep) {
            return new Keep(keep.count(), true);
        } else if (spec instanceof MaskSpec.Range range) {
            return new MaskRange(range.from(), range.to());
        } else if (spec instanceof MaskSpec.Email) {
            return new EmailMask();
        } else if (spec instanceof MaskSpec.Hash hash) {
            return new KeyedHash(hash.key());
        } else if (spec instanceof MaskSpec.Fpe fpe) {
            return new FormatPreserving(fpe.key());
        } else if (spec instanceof MaskSpec.Truncate truncate) {
            return new TruncateDate(truncate.unit());
        } else if (spec instanceof MaskSpec.Bucket bucket) {
            return new Bucket(bucket.size());
        } else if (spec instanceof MaskSpec.Replace replace) {
            return new ReplaceRegex(replace.regex(), replace.with());
        }
        throw new IllegalArgumentException(
                "unknown masking function " + spec.getClass().getSimpleName());
    }

    /** The function of rules that name none. */
    public static MaskingFunction redact() {
        return REDACT;
    }
}
