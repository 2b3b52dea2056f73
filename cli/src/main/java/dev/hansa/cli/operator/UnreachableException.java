package dev.hansa.cli.operator;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The coordinator does not answer, or what answers is not it. */
public final class UnreachableException extends FederationException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String address, IOException cause) {
        super(message(address, cause), !untrusted(cause), cause);
    }

    private static String message(String address, IOException cause) {
        if (untrusted(cause)) {
            return "what answers at " + address + " is not the coordinator of this token: " + innermost(cause);
        }
        return "the coordinator at " + address + " does not answer (" + innermost(cause) + ")";
    }

    private static boolean untrusted(IOException cause) {
        boolean certificate = false;
        for (Throwable part = cause; part != null; part = part.getCause()) {
            certificate |= part instanceof CertificateException || part instanceof SSLPeerUnverifiedException;
        }
        return certificate;
    }

    private static String innermost(Throwable failure) {
        Throwable part = failure;
        while (part.getCause() != null) {
            part = part.getCause();
        }
        return part.getMessage() == null ? part.toString() : part.getMessage();
    }
}
