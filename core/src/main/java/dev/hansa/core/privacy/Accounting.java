package dev.hansa.core.privacy;

import dev.hansa.core.privacy.accounting.PrivacyAccountant;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;

/** Who says what noise is worth. */
public enum Accounting {
    /** The privacy loss distribution: tight. */
    PLD,
    /** Rényi divergences: a little too high, and of more mechanisms. */
    RDP;

    /** The accountant. */
    public PrivacyAccountant accountant() {
        return this == PLD ? new PldAccountant() : new RdpAccountant();
    }
}
