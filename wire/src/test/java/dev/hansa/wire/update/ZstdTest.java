package dev.hansa.wire.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.FederationException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class ZstdTest {
    @Test
    void itIsAvailableHere() {
        assertThat(Zstd.isAvailable()).isTrue();
        assertThat(Zstd.decompress(Zstd.compress(new byte[100_000]), 100_000)).isEqualTo(new byte[100_000]);
    }

    @Test
    void whereTheLibraryIsNotThereItIsMissedButNothingBreaks() throws Exception {
        URL[] withoutLibrary = {place(Zstd.class), place(FederationException.class)};
        try (URLClassLoader loader = new URLClassLoader(withoutLibrary, ClassLoader.getPlatformClassLoader())) {
            Class<?> alone = loader.loadClass(Zstd.class.getName());
            assertThat(alone).isNotSameAs(Zstd.class);
            assertThat(alone.getMethod("isAvailable").invoke(null)).isEqualTo(false);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
