package dev.hansa.core.simulation;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Clients that are made when they are asked, so that there may be millions: those that were asked last are kept, with the
 * rows that they have read; of the others nothing but what they remember from round to round, if they remember anything.
 */
public final class MadeWhenAsked implements Population {
    private final Names ids;
    private final Numbering numbering;
    private final Maker maker;
    private final Map<String, ClientMemory> memories = new ConcurrentHashMap<>();
    private final Map<String, Client> last;

    /** Makes clients. */
    @FunctionalInterface
    public interface Maker {
        /**
         * The client; each time one that answers the same. Called from several threads.
         *
         * @param number of the id among all, from 0
         * @param memory what the client remembers
         */
        Client make(int number, ClientMemory memory);
    }

    /** @param kept so many of those that were asked last; 0 or more */
    public MadeWhenAsked(Names ids, int kept, Maker maker) {
        if (kept < 0) {
            throw new IllegalArgumentException(kept + " clients are to be kept, expected 0 or more");
        }
        this.ids = ids;
        this.numbering = new Numbering(ids);
        this.maker = maker;
        this.last = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Client> eldest) {
                return size() > kept;
            }
        };
    }

    @Override
    public Names ids() {
        return ids;
    }

    @Override
    public Client client(String id) {
        Client known = known(id);
        if (known != null) {
            return known;
        }
        int number = numbering.of(id);
        if (number < 0) {
            throw Population.unknown(id);
        }
        Client made = maker.make(number, new Remembered(id));
        synchronized (last) {
            last.put(id, made);
        }
        return made;
    }

    private @Nullable Client known(String id) {
        synchronized (last) {
            return last.get(id);
        }
    }

    /** Is there only when there is something to be remembered. */
    private final class Remembered implements ClientMemory {
        private final String client;

        Remembered(String client) {
            this.client = client;
        }

        @Override
        public Optional<Parameters> of(String run, int round) {
            return known().flatMap(memory -> memory.of(run, round));
        }

        @Override
        public void keep(String run, int counted, int round, Parameters remembered) {
            memory().keep(run, counted, round, remembered);
        }

        @Override
        public void keepTold(String run, String what, Parameters told) {
            memory().keepTold(run, what, told);
        }

        @Override
        public Optional<Parameters> told(String run, String what) {
            return known().flatMap(memory -> memory.told(run, what));
        }

        @Override
        public void keepPersonal(String run, int round, Parameters model) {
            memory().keepPersonal(run, round, model);
        }

        @Override
        public Optional<Parameters> personal(String run) {
            return known().flatMap(memory -> memory.personal(run));
        }

        private Optional<ClientMemory> known() {
            return Optional.ofNullable(memories.get(client));
        }

        private ClientMemory memory() {
            return memories.computeIfAbsent(client, none -> ClientMemory.inMemory());
        }
    }
}
