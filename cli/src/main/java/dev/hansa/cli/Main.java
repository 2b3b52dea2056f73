package dev.hansa.cli;

/** The {@code hansa} command. */
public final class Main {
    private Main() {}

    /** Prints the version of Hansa. */
    public static void main(String[] args) {
        var version = Main.class.getPackage().getImplementationVersion();
        System.out.println("hansa " + (version == null ? "(not packaged)" : version));
    }
}
