package dev.hansa.server.http;

import java.io.IOException;

/** The connection to who sent the request broke: unlike a broken file, nothing that the coordinator has to mend. */
final class LostConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    LostConnectionException(IOException cause) {
        super(cause);
    }
}
