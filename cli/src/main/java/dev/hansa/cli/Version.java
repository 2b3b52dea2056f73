package dev.hansa.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of Hansa, from the jar it was started from. */
public final class Version implements IVersionProvider {

    /** Such as {@code 1.2.0}; {@code unpackaged} when started from class files. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[]{"hansa " + number()};
    }
}
