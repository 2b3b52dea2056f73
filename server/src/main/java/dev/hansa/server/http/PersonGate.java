package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.AuditLog;
import dev.hansa.server.trust.AccessTokens;
import dev.hansa.server.trust.Person;
import dev.hansa.server.trust.Right;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Objects;
import java.util.function.Function;

/** Lets requests of people through who may make them, and notes what they change. */
final class PersonGate {
    private static final String PERSON = "hansa.person";

    private final AccessTokens tokens;
    private final AuditLog audit;
    private final Tally refused = new Tally(System::nanoTime);

    PersonGate(AccessTokens tokens, AuditLog audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /** A call that changes nothing, and takes nothing away. */
    Handler call(Right right, Handler handler) {
        return request -> {
            let(request, right);
            handler.handle(request);
        };
    }

    /** A call that is noted, as done to nothing in particular. */
    Handler act(Right right, String act, Handler handler) {
        return act(right, act, request -> "", handler);
    }

    /**
     * A call that is noted before it is done, and again if it is refused.
     *
     * @param subject of the act, as the request tells it
     */
    Handler act(Right right, String act, Function<Context, String> subject, Handler handler) {
        return request -> {
            Person person = let(request, right);
            String whom = subject.apply(request);
            audit.note(person.name(), act, whom, "from " + request.ip());
            try {
                handler.handle(request);
            } catch (RejectedException e) {
                audit.note(person.name(), act + ".refused", whom, e.code().word());
                throw e;
            }
        };
    }

    /** Notes what came of a request's act, where only its end tells that. */
    void note(Context request, String act, String subject, String detail) {
        Person person = Objects.requireNonNull(request.<Person>attribute(PERSON), "the request came through no gate");
        audit.note(person.name(), act, subject, detail);
    }

    private Person let(Context request, Right right) {
        Person person = person(request);
        Peer.know(request);
        if (!person.may(right)) {
            audit.note(person.name(), "person.refused", request.path(), "may not " + right.words());
            throw new RejectedException(ErrorCode.NOT_ALLOWED, person.name() + " is "
                    + person.role() + " here, and may not " + right.words()
                    + "; an admin of the coordinator can give more");
        }
        request.attribute(PERSON, person);
        return person;
    }

    private Person person(Context request) {
        try {
            return tokens.person(request.header("Authorization"));
        } catch (RejectedException e) {
            refused.note(times -> audit.note("stranger", "person.refused", request.path(),
                    e.code().word() + ", from " + request.ip() + Tally.others(times)));
            request.header("WWW-Authenticate", "Bearer");
            throw e;
        }
    }
}
