/** The code of the how-to pages in {@code docs/}, line by line as it stands there. */
@NullMarked
package dev.hansa.examples.howto;

import org.jspecify.annotations.NullMarked;
