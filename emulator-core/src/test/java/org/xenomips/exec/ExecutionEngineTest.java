package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionEngineTest {
    private final List<String> log = new ArrayList<>();

    private final ExecutionEngine engine = new ExecutionEngine() {
        @Override
        public Exit run(long budget) {
            log.add("run " + budget);
            return budget == 3 ? Exit.IDLE : Exit.BUDGET;
        }

        @Override
        public void stopSoon() {}

        @Override
        public void close() {}
    };

    @Test
    void slicesAreRunUntilThereAreNone() {
        var budgets = new ArrayDeque<>(List.of(5L, 3L, 0L, 9L));
        engine.run(exit -> {
            log.add("after " + exit);
            return budgets.remove();
        });
        assertThat(log).containsExactly("after BUDGET", "run 5", "after BUDGET", "run 3", "after IDLE");
    }
}
