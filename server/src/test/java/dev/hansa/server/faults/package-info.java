/**
 * A coordinator and its nodes in a world where everything goes wrong, thousands of times, each time by another seed, and
 * each seed always in the same way.
 *
 * <p>A {@link dev.hansa.server.faults.World} is one federation. Real are: the round loop, the fleet, the board, uploads,
 * the list of nodes, a live run with its tries, and on the nodes' side the link with its retries, downloads and uploads,
 * the client, its training and what it holds back. Not real are HTTP and signatures but for their times ({@code Network}, {@code Port}), SQLite ({@code Tables}:
 * what its tables promise, and no more, as {@code TablesTest} sees), time and threads.
 *
 * <ul>
 * <li>{@link dev.hansa.server.faults.Scheduler}: one thread at a time, the next drawn by the seed, and a clock that jumps;
 * {@code SimLock} lets product code wait in it.
 * <li>{@code Scenario} draws what is to be done, {@code Mischief} who answers what he should not, {@code Faults} what goes
 * wrong; a {@code Tally} tells how often each {@code Mishap} did.
 * <li>{@code Machine}: a {@link dev.hansa.server.faults.Life} after the other, each until a {@link
 * dev.hansa.server.faults.Crash}, and a {@code Disk}, which may lose with the power what was not synced, and may be full.
 * <li>{@code Witness} sees from outside what happens, and judges it, each part of it by one promise: {@code AnswerWitness}
 * what is acknowledged, {@code RoundWitness} what is committed, {@code SpoolWitness} what is left on the disk, {@code
 * LateWitness} what comes too late, {@code EventWitness} what is told, {@code HeldBack} what nodes hold back of updates,
 * {@code ClosingWitness} what comes after the last round. What the two kinds of run promise differs, so {@code RunWitness}
 * has two forms: {@code WithRounds}, and {@code WithoutRounds} with {@code ErrandWitness}, {@code StepWitness} and {@code
 * MeasuringWitness}. What nodes should have answered a {@code Rehearsal} works out once more.
 * </ul>
 */
@NullMarked
package dev.hansa.server.faults;

import org.jspecify.annotations.NullMarked;
