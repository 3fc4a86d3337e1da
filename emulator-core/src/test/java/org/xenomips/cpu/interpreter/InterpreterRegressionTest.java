package org.xenomips.cpu.interpreter;

import org.xenomips.exec.random.EngineComparison;
import org.xenomips.exec.random.EngineComparison.Side;
import org.xenomips.exec.random.RegressionSuite;

/** Saved programs do the same whatever the slices. */
class InterpreterRegressionTest extends RegressionSuite {
    @Override
    protected EngineComparison comparison() {
        return new EngineComparison(new Side(new InterpreterEngineFactory(), 100_000),
                new Side(new InterpreterEngineFactory(), 1_000));
    }
}
