package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.wire.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommitsTest {
    @TempDir
    Path folder;
    private Database database;
    private final List<Integer> transactions = new ArrayList<>();

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("hansa.db"));
        database.change(
                handle -> handle.execute("create table numbers (id integer primary key, number integer unique)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWaitsWhileATransactionRunsIsCommittedInOne() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread first = Thread.ofVirtual().start(() -> database.change(handle -> {
            running.countDown();
            await(go);
            note(handle, 1);
        }));
        running.await();
        CompletableFuture<Boolean> second = database.soon(handle -> note(handle, 2));
        CompletableFuture<Boolean> third = database.soon(handle -> note(handle, 3));
        go.countDown();
        first.join();
        database.change(handle -> note(handle, 4));
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(numbers()).containsExactly(1, 2, 3, 4);
        assertThat(transactions.get(1)).isEqualTo(transactions.get(2)).isNotEqualTo(transactions.get(0));
    }

    @Test
    void aChangeThatCannotBeMadeSpoilsNoOther() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread first = Thread.ofVirtual().start(() -> database.change(handle -> {
            running.countDown();
            await(go);
        }));
        running.await();
        CompletableFuture<Boolean> before = database.soon(handle -> note(handle, 1));
        CompletableFuture<Boolean> never = database.soon(handle -> note(handle, 1)); // which is there already
        CompletableFuture<Boolean> after = database.soon(handle -> note(handle, 2));
        go.countDown();
        first.join();
        assertThatIllegalStateException().isThrownBy(() -> database.change(handle -> {
            note(handle, 3);
            throw new IllegalStateException("not this one");
        }));
        assertThat(before).isCompletedWithValue(true);
        assertThat(never).isCompletedExceptionally();
        assertThat(after).isCompletedWithValue(true);
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void whatTheDiskHasNoRoomForStaysAndNothingPassesIt() {
        AtomicBoolean full = new AtomicBoolean(true);
        CompletableFuture<Boolean> first = database.soon(handle -> {
            if (full.get()) {
                throw new FederationException("no room", true);
            }
            note(handle, 1);
        });
        assertThatThrownBy(() -> database.change(handle -> note(handle, 2))).hasMessage("no room");
        assertThat(first).isNotDone();
        assertThat(numbers()).isEmpty();
        full.set(false);
        database.change(handle -> note(handle, 3));
        assertThat(first).isCompleted();
        assertThat(numbers()).containsExactly(1, 3);
    }

    @Test
    void aChangeThatEndsInAnErrorIsOverToo() throws Exception {
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> database.change(handle -> {
            note(handle, 1);
            throw new StackOverflowError("in this change");
        }));
        CompletableFuture<Boolean> unheeded = database.soon(handle -> {
            throw new StackOverflowError("in this change");
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> unheeded.get(30, TimeUnit.SECONDS));
        database.soon(handle -> note(handle, 2)).get(30, TimeUnit.SECONDS);
        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void whoMadeUpATokenDoesNotWaitForThoseWhoWrite() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread writer = Thread.ofPlatform().start(() -> database.change(handle -> {
            running.countDown();
            await(go);
        }));
        running.await();
        NodeRow wish = new NodeRow("eve", "key", "1", List.of(), Instant.EPOCH, Instant.EPOCH, false);
        try {
            assertThat(CompletableFuture.supplyAsync(() -> new TokenTable(database).join(Sha256.of(new byte[1]), wish))
                    .get(30, TimeUnit.SECONDS)).isInstanceOf(TokenTable.Joining.WrongToken.class);
        } finally {
            go.countDown();
            writer.join();
        }
    }

    @Test
    void whatNobodyWaitsForIsCommittedByItself() throws Exception {
        database.soon(handle -> note(handle, 1)).get(30, TimeUnit.SECONDS);
        assertThat(numbers()).containsExactly(1);
    }

    @Test
    void whatWaitsAtTheEndIsCommitted() {
        database.soon(handle -> note(handle, 1));
        database.close();
        database = Database.open(folder.resolve("hansa.db"));
        assertThat(numbers()).containsExactly(1);
    }

    private void note(Handle handle, int number) {
        transactions.add(System.identityHashCode(handle));
        handle.execute("insert into numbers (number) values (?)", number);
    }

    private List<Integer> numbers() {
        return database
                .read(handle -> handle.select("select number from numbers order by id").mapTo(Integer.class).list());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
