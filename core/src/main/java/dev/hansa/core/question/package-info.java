/**
 * What may be asked of the rows of many owners: the form of a question, and of its answer. Imports {@code data}; what is done to
 * answer it is in {@code statistics}.
 */
@NullMarked
package dev.hansa.core.question;

import org.jspecify.annotations.NullMarked;
