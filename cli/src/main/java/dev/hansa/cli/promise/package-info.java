/**
 * What a run promises of its data, in words, curves and numbers, the same in reports, on the terminal and for machines. Knows
 * {@code core} and the formats of {@code live}.
 */
@NullMarked
package dev.hansa.cli.promise;

import org.jspecify.annotations.NullMarked;
