package dev.hansa.spec.document;

import dev.hansa.core.FederationException;
import java.util.List;
import java.util.stream.Collectors;

/** A document says what cannot be; the message names all problems, one a line. */
public final class InvalidSpecException extends FederationException {
    private static final long serialVersionUID = 1L;
    /** More than anybody reads. */
    private static final int PRINTED = 50;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one
     */
    public InvalidSpecException(List<Problem> problems) {
        super(print(problems), false);
        this.problems = List.copyOf(problems);
    }

    private static String print(List<Problem> problems) {
        String all = problems.stream().limit(PRINTED).map(Problem::toString).collect(Collectors.joining("\n"));
        int more = problems.size() - PRINTED;
        return more > 0 ? all + "\n… and " + more + " more problems" : all;
    }

    /** All problems, in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }
}
