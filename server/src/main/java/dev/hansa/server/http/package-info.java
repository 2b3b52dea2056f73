/**
 * How a request travels: {@link dev.hansa.server.http.HttpServer} takes it, a gate ({@link
 * dev.hansa.server.http.NodeGate}, {@link dev.hansa.server.http.PersonGate}) finds out who sent it, one of the classes
 * named {@code …Endpoints} does it, and {@link dev.hansa.server.http.Answers} tells what became of it.
 *
 * <p>It may import all other packages of the server.
 */
@NullMarked
package dev.hansa.server.http;

import org.jspecify.annotations.NullMarked;
