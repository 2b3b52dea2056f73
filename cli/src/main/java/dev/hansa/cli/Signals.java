package dev.hansa.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.IntConsumer;

/** What a system sends to a process that it wants to end; each with the code by which a shell knows it from the others. */
final class Signals {
    private static final int OF_SIGNALS = 128;

    private Signals() {}

    /**
     * Says which signal it was, on a thread of its own, instead of ending the process. Those that this process was started
     * to ignore stay ignored.
     *
     * @param ask is given the exit code for it
     */
    static void whenSent(IntConsumer ask) {
        for (String name : List.of("HUP", "INT", "TERM")) {
            try {
                handle(name, ask);
            } catch (ReflectiveOperationException | RuntimeException e) {
                // this system does not have it, or this Java does not tell: then the process ends as any Java does
            }
        }
    }

    /** By reflection: the class is one of the JDK that javac warns of, and cannot be told not to. */
    private static void handle(String name, IntConsumer ask) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = type.getConstructor(String.class).newInstance(name);
        int code = OF_SIGNALS + (int) type.getMethod("getNumber").invoke(signal);
        MethodHandle handle =
                MethodHandles.insertArguments(MethodHandles.lookup().findVirtual(IntConsumer.class, "accept",
                        MethodType.methodType(void.class, int.class)), 0, ask, code);
        Object handler = MethodHandleProxies.asInterfaceInstance(handlerType,
                MethodHandles.dropArguments(handle, 0, type));
        type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
    }
}
