package org.xenomips.jit.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;
import org.xenomips.exec.random.SoakSuite;
import org.xenomips.jit.Eager;

/** Code that changes while it is hot, with each segment of translated code executed twice. */
class LockstepSoakTest extends SoakSuite {
    private static final String COMPARED = "(?s).*lockstep: [1-9][0-9,]* segments.*";

    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.PATIENT_LOCKSTEP;
    }

    /** Fewer than elsewhere: this is slow. */
    @Override
    protected int rounds() {
        return super.rounds() / 20;
    }

    @Override
    protected void noteLevel(GuestMachine machine) {
        assertThat(machine.describeEngine()).matches(COMPARED);
    }

    @Override
    protected void assertFlat(GuestMachine machine) {
        assertThat(machine.describeEngine()).matches(COMPARED);
    }
}
