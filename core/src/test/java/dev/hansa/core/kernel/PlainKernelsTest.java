package dev.hansa.core.kernel;

class PlainKernelsTest extends KernelsContract {

    @Override
    protected Kernels kernels() {
        return new PlainKernels();
    }
}
