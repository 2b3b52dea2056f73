package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.http.Load.Kind;
import dev.hansa.server.http.Load.Place;
import dev.hansa.wire.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Load load = new Load(4, Duration.ZERO);

    @Test
    void newWorkGetsHalfOfThePlacesWithUploadsThreeQuartersAndReportsAll() throws InterruptedException {
        List<Place> places = new ArrayList<>(List.of(load.enter(Kind.NEW), load.enter(Kind.NEW)));
        assertThatNoneIsLeftFor(Kind.NEW);
        places.add(load.enter(Kind.UPLOAD));
        assertThatNoneIsLeftFor(Kind.UPLOAD);
        places.add(load.enter(Kind.REPORT));
        assertThatNoneIsLeftFor(Kind.REPORT);
        for (Place place : places) {
            place.close();
            place.close(); // gives back nothing more
        }
        newWorkGetsHalfOfThePlacesWithUploadsThreeQuartersAndReportsAllAgain();
    }

    private void newWorkGetsHalfOfThePlacesWithUploadsThreeQuartersAndReportsAllAgain() throws InterruptedException {
        for (int upload = 0; upload < 3; upload++) {
            load.enter(Kind.UPLOAD);
        }
        assertThatNoneIsLeftFor(Kind.UPLOAD);
        assertThatNoneIsLeftFor(Kind.NEW);
        load.enter(Kind.REPORT);
        assertThatNoneIsLeftFor(Kind.REPORT);
    }

    @Test
    void whoIsTurnedAwayLeavesNoPlaceTaken() throws InterruptedException {
        List<Place> uploads = List.of(load.enter(Kind.UPLOAD), load.enter(Kind.UPLOAD), load.enter(Kind.UPLOAD));
        assertThatNoneIsLeftFor(Kind.NEW); // though its own half was free
        uploads.forEach(Place::close);
        load.enter(Kind.NEW);
        load.enter(Kind.NEW);
    }

    @Test
    void aNodeHasTwoTransfersAtOnceAndOneMoreEndsItsOldest() throws InterruptedException {
        Load wide = new Load(100, Duration.ZERO);
        List<Place> transfers = new ArrayList<>();
        List<Integer> cut = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            int its = number;
            transfers.add(wide.enterTransfer(number % 2 == 0 ? Kind.NEW : Kind.UPLOAD, "alice", () -> cut.add(its)));
            wide.enterTransfer(Kind.NEW, "bob", () -> cut.add(-1)).close();
        }
        assertThat(cut).containsExactly(0, 1, 2);

        transfers.get(0).close(); // which was cut
        transfers.get(4).close();
        transfers.get(4).close(); // counts once
        wide.enterTransfer(Kind.NEW, "alice", () -> cut.add(5));
        assertThat(cut).containsExactly(0, 1, 2);
        wide.enterTransfer(Kind.NEW, "alice", () -> cut.add(6));
        assertThat(cut).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aTransferThatFindsNoPlaceDoesNotCountAsItsNodes() throws InterruptedException {
        List<Place> places = List.of(load.enter(Kind.NEW), load.enter(Kind.NEW));
        List<Integer> cut = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            assertThatItIsTurnedAway(() -> load.enterTransfer(Kind.NEW, "alice", () -> cut.add(0)));
        }
        places.forEach(Place::close);
        load.enterTransfer(Kind.NEW, "alice", () -> cut.add(1));
        load.enterTransfer(Kind.NEW, "alice", () -> cut.add(2));
        assertThat(cut).isEmpty();
    }

    @Test
    void whoFindsNoPlaceWaitsForOne() throws InterruptedException {
        Load patient = new Load(1, LONG);
        Place only = patient.enter(Kind.REPORT);
        CompletableFuture<Place> entered = new CompletableFuture<>();
        Thread second = Thread.ofPlatform().start(() -> {
            try {
                entered.complete(patient.enter(Kind.NEW));
            } catch (InterruptedException | RuntimeException e) {
                entered.completeExceptionally(e);
            }
        });
        await().until(() -> second.getState() == Thread.State.TIMED_WAITING || entered.isDone());
        assertThat(entered).isNotDone();
        only.close();
        assertThat(entered.orTimeout(50, TimeUnit.SECONDS).join()).isNotNull();
    }

    @Test
    void thoseWhoAreTurnedAwayTogetherDoNotComeBackTogether() {
        assertThat(Stream.generate(() -> load.turnAway("full").headers().get("Retry-After")).limit(1_000)
                .map(Integer::valueOf).distinct()).containsExactlyInAnyOrder(5, 6, 7, 8, 9, 10);
    }

    private void assertThatNoneIsLeftFor(Kind kind) {
        assertThatItIsTurnedAway(() -> load.enter(kind));
    }

    private static void assertThatItIsTurnedAway(ThrowingCallable entering) {
        assertThatExceptionOfType(RejectedException.class).isThrownBy(entering)
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.BUSY))
                .satisfies(rejected -> assertThat(rejected.headers()).containsKey("Retry-After"));
    }
}
