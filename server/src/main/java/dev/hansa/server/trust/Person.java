package dev.hansa.server.trust;

import dev.hansa.server.api.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name as the audit log calls them
 */
public record Person(String name, Role role) {

    /** Whether the person may do that. */
    public boolean may(Right right) {
        return rights().contains(right);
    }

    private Set<Right> rights() {
        return switch (role) {
            case VIEWER -> EnumSet.of(Right.SEE);
            case SCIENTIST -> EnumSet.of(Right.SEE, Right.RUN, Right.TAKE);
            case OPERATOR -> EnumSet.complementOf(EnumSet.of(Right.GRANT));
            case ADMIN -> EnumSet.allOf(Right.class);
        };
    }
}
