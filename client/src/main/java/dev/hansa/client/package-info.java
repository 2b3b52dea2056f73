/**
 * The node: takes tasks, trains on its owner's data and sends updates.
 *
 * <p>To make a program a node:
 *
 * <pre>{@code
 * Token token = Token.parse(Token.Kind.JOIN, tokenText);
 * Map<String, DataSource> data = Map.of("housing", new CsvSource(file));
 * try (NodeDirectory directory = NodeDirectory.open(home);
 *         Node node = Node.join(token, "alice", directory, data, new LoggingListener())) {
 *     return node.run();
 * }
 * }</pre>
 *
 * <p>The next time {@code Node.resume} does without the token. The module may import {@code dev.hansa.core} (of which never
 * the coordinator), {@code dev.hansa.wire}, OkHttp, FastCSV, Gson and SLF4J, and runs on Android (API 26). This package
 * imports {@code data}, {@code http} and {@code policy}, which do not know it; nor do {@code data} and {@code http} know
 * each other, or {@code ledger} any of them.
 */
@NullMarked
package dev.hansa.client;

import org.jspecify.annotations.NullMarked;
