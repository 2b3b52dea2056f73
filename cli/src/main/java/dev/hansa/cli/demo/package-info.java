/**
 * The demo: a coordinator and two nodes as processes of this machine, on data that comes with the program, and the table
 * that says what training together was worth.
 */
@NullMarked
package dev.hansa.cli.demo;

import org.jspecify.annotations.NullMarked;
