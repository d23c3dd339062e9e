package io.sallyport.benchmarks.run;

/** What a forked JVM runs under. */
public enum Governed {
    /** No agent. */
    NOT,
    /** Fifty rules, none about the program; only verdicts that are no plain allow are recorded. */
    DECISIONS,
    /** The same, every statement recorded before it is sent and after. */
    STATEMENTS,
    /** The fifty rules and a mask on one of the columns, or body fields, that the program reads. */
    MASKED,
    /** The fifty rules and a detector of card numbers over every column. */
    ONE_DETECTOR,
    /** The same with six detectors. */
    SIX_DETECTORS
}
