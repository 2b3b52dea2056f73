package dev.hansa.core.privacy.accounting;

import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.EventWords;

/** An accountant knows no bound of an event, and another may. The message says which. */
public final class UncountedEventException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param why it does not, and which does */
    public UncountedEventException(DpEvent event, String why) {
        super(EventWords.of(event) + why);
    }
}
