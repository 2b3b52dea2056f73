/**
 * The data owner's {@code policy.yaml}: read, with all problems at once, and made into what a node obeys; and files
 * that authors have signed. Imports {@code dev.hansa.spec} and {@code dev.hansa.client}.
 */
@NullMarked
package dev.hansa.cli.policy;

import org.jspecify.annotations.NullMarked;
