package dev.hansa.core.data;

import dev.hansa.core.FederationException;

/**
 * Data differ from what was declared; trying again does not help until they are mended.
 *
 * <p>It says it twice: the {@linkplain #getMessage message} goes to the coordinator in a refusal and quotes nothing of
 * the data; the {@linkplain #detail detail} is for the data's owner and may.
 */
public final class DataException extends FederationException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    /**
     * @param message holds no value of a row
     */
    public DataException(String message) {
        this(message, message);
    }

    /**
     * @param message holds no value of a row
     * @param detail  the same for the owner's eyes, who may see paths, headers and cells
     */
    public DataException(String message, String detail) {
        super(message, false);
        this.detail = detail;
    }

    /**
     * @param message holds no value of a row
     * @param detail  the same for the owner's eyes, who may see paths, headers and cells
     */
    public DataException(String message, String detail, Throwable cause) {
        super(message, false, cause);
        this.detail = detail;
    }

    /** What is wrong, with what was found in the data. It must not leave the owner's machine. */
    public String detail() {
        return detail;
    }
}
