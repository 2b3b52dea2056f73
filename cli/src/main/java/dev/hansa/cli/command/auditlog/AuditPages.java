package dev.hansa.cli.command.auditlog;

import dev.hansa.cli.operator.Operator;
import dev.hansa.server.api.AuditEntry;
import java.util.List;
import java.util.function.Consumer;

/** All of a coordinator's audit log, page by page. */
final class AuditPages {

    private AuditPages() {}

    /** For people. */
    static String count(long entries) {
        return entries + (entries == 1 ? " entry" : " entries");
    }

    static void each(Operator operator, Consumer<AuditEntry> taker) {
        long known = 0;
        for (List<AuditEntry> page = operator.audit(known); !page.isEmpty(); page = operator.audit(known)) {
            page.forEach(taker);
            known = page.getLast().number();
        }
    }
}
