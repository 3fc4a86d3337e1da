package org.xenomips.cpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;
import org.xenomips.exec.random.SoakSuite;

/** Changing code on the interpreter: the decoded pages are those of the memory that holds code. */
class InterpreterSoakTest extends SoakSuite {
    private int noted;

    @Override
    protected ExecutionEngineFactory factory() {
        return new InterpreterEngineFactory();
    }

    @Override
    protected void noteLevel(GuestMachine machine) {
        noted = decodedPages(machine);
    }

    @Override
    protected void assertFlat(GuestMachine machine) {
        assertThat(decodedPages(machine)).isLessThanOrEqualTo(noted);
    }

    private static int decodedPages(GuestMachine machine) {
        return machine.describeEngine()
                .lines()
                .filter(line -> line.startsWith("decoded code pages: "))
                .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(": ") + 2)))
                .findFirst()
                .orElseThrow();
    }
}
