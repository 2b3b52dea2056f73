/** Other processes of this program: started, watched and ended. Stands on nothing of the command line. */
@NullMarked
package dev.hansa.cli.process;

import org.jspecify.annotations.NullMarked;
