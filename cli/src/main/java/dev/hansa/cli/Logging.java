package dev.hansa.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** The log on standard error: warnings only, unless more is asked for. */
public final class Logging {

    private Logging() {}

    /** Lets all of Hansa's log be seen. */
    public static void verbose() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        ((Logger) LoggerFactory.getLogger("dev.hansa")).setLevel(Level.DEBUG);
    }
}
