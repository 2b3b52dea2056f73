/**
 * What is left of a run to look at: {@code report.html} and {@code metrics.csv}. Pure functions from a
 * {@link dev.hansa.cli.report.RunResult} to text; imports {@code core} and the number formats of {@code live}.
 */
@NullMarked
package dev.hansa.cli.report;

import org.jspecify.annotations.NullMarked;
