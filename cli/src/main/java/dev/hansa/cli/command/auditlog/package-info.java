/**
 * What can be typed after {@code hansa audit-log}.
 */
@NullMarked
package dev.hansa.cli.command.auditlog;

import org.jspecify.annotations.NullMarked;
