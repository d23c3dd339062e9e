package io.sallyport.controlplane;

/** The version of this build. */
public final class Version {

    /** From the jar's manifest; {@code development} when run from class files. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private Version() {}
}
