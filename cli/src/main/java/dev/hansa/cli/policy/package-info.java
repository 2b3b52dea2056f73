/**
 * The data owner's {@code policy.yaml}: read, with all problems at once, and made into what a node obeys. Imports
 * {@code dev.hansa.spec.document} and {@code dev.hansa.client.policy}.
 */
@NullMarked
package dev.hansa.cli.policy;

import org.jspecify.annotations.NullMarked;
