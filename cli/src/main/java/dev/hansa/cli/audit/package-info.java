/**
 * Attacks on runs and mechanisms, carried out in this process: which models are trained for them, on which rows, and what is
 * found. What findings mean is worked out in {@code core.privacy.audit}; how they look on a page, in {@code cli.report}.
 */
@NullMarked
package dev.hansa.cli.audit;

import org.jspecify.annotations.NullMarked;
