package dev.hansa.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.kernel.KernelsContract;
import org.junit.jupiter.api.Test;

class VectorKernelsTest extends KernelsContract {

    @Override
    protected Kernels kernels() {
        return new VectorKernels();
    }

    @Test
    void areFoundByThemselves() {
        assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
        assertThat(Kernels.best().name()).contains("Vector API");
    }
}
