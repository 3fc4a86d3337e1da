package org.xenomips.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.exec.ExecutionEngineFactory;

/** The execution engines that are compared. */
public final class Engines {
    private Engines() {}

    /** The engine that interprets. */
    public static ExecutionEngineFactory interpreter() {
        return new InterpreterEngineFactory();
    }

    /** The preferred engine, if that is not the interpreter. */
    public static Optional<ExecutionEngineFactory> jit() {
        List<ExecutionEngineFactory> all = ServiceLoader.load(ExecutionEngineFactory.class)
                .stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .max(Comparator.comparingInt(ExecutionEngineFactory::priority))
                .filter(factory -> factory.priority() > interpreter().priority());
    }

    /** The engine that benchmarks call {@code name}: {@code interpreter} or {@code jit}. */
    public static ExecutionEngineFactory named(String name) {
        return name.equals("jit")
                ? jit().orElseThrow(() -> new IllegalStateException("there is no engine but the interpreter"))
                : interpreter();
    }
}
