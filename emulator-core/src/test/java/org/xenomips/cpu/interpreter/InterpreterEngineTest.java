package org.xenomips.cpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.xenomips.exec.CodeSuite;
import org.xenomips.exec.ExceptionSuite;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;
import org.xenomips.exec.ProgramSuite;
import org.xenomips.exec.SystemCallSuite;
import org.xenomips.exec.TimeSuite;
import org.xenomips.exec.TlbSuite;
import org.xenomips.exec.WatchSuite;

/** The interpreter passes the suites of all engines. */
class InterpreterEngineTest {
    @Nested
    class Programs extends ProgramSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Nested
    class Exceptions extends ExceptionSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Nested
    class SystemCalls extends SystemCallSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Nested
    class Translation extends TlbSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Nested
    class ChangingCode extends CodeSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Nested
    class Watches extends WatchSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Nested
    class Time extends TimeSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new InterpreterEngineFactory();
        }
    }

    @Test
    void configuredIdlePcIsIdleAfterManyVisits() {
        try (var machine = new GuestMachine(new InterpreterEngineFactory())) {
            var program = machine.start("loop: addiu $t0, $t0, 1\nspot: addiu $t1, $t1, 1\nb loop\nnop");
            machine.cpu.setIdlePc(OptionalLong.of(program.label("spot") & 0xffff_ffffL));
            machine.run(100_000);
            assertThat(machine.idles()).as("until Count wraps, then for ever").isEqualTo(2);
            assertThat(machine.cpu.gpr(9)).isEqualTo(998);
        }
    }

    @Test
    void monitorSeesHowMuchIsDecoded() {
        try (var machine = new GuestMachine(new InterpreterEngineFactory())) {
            assertThat(machine.describeEngine()).contains("executed: 0\n", "decoded code pages: 0\n");
            machine.start("loop: addiu $t0, $t0, 1\nb loop\nnop");
            machine.run(3_000);
            assertThat(machine.describeEngine()).contains("executed: 3,000\n", "decoded code pages: 1\n",
                    "code look-aside entries in use: 1 of 512\n");
        }
    }
}
