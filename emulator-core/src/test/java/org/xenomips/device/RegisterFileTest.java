package org.xenomips.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterFileTest {
    private static final class Chip {
        final List<String> events = new ArrayList<>();
    }

    private enum ChipRegisters implements RegisterSpec<Chip> {
        PLAIN(Register.at(0x00, "storage")), //
        MASKED(Register.<Chip>at(0x04, "some bits writable").reset(0xf000_0001).writable(0xff)), //
        STATUS(
                Register.<Chip>at(0x08, "write one to clear")
                        .reset(0x0f)
                        .writeOneToClear(0x07)
                        .afterWrite((chip, value) -> chip.events.add("status " + value))), //
        COUNTER(Register.<Chip>at(0x0c, "clear on read").reset(9).clearOnRead(-1)), //
        COMPUTED(Register.<Chip>at(0x10, "computed").computed((chip, stored) -> stored + 1)), //
        FILTERED(Register.<Chip>at(0x14, "filtered").onWrite((chip, old, value) -> old ^ value));

        private final Register<Chip> register;

        ChipRegisters(Register<Chip> register) {
            this.register = register;
        }

        @Override
        public Register<Chip> register() {
            return register;
        }
    }

    private final Chip chip = new Chip();
    private final RegisterFile<Chip, ChipRegisters> file = new RegisterFile<>("chip", chip, ChipRegisters.class);

    @Test
    void onlyWritableBitsChange() {
        file.write(0x04, 0x1234_5678);
        assertThat(file.read(0x04)).isEqualTo(0xf000_0078);
    }

    @Test
    void writtenOnesClearAndOtherBitsStay() {
        file.write(0x08, 0x0b);
        assertThat(file.read(0x08)).isEqualTo(0x0c);
        assertThat(chip.events).containsExactly("status 12");
    }

    @Test
    void readClearsWhatIsDeclaredSo() {
        assertThat(file.read(0x0c)).isEqualTo(9);
        assertThat(file.read(0x0c)).isZero();
        assertThat(file.readIsPure(0x0c)).isFalse();
        assertThat(file.readIsPure(0x10)).isTrue();
    }

    @Test
    void hooksComputeWhatIsReadAndStored() {
        file.write(0x10, 41);
        assertThat(file.read(0x10)).isEqualTo(42);
        file.write(0x14, 0xff);
        file.write(0x14, 0x0f);
        assertThat(file.read(0x14)).isEqualTo(0xf0);
    }

    @Test
    void undefinedOffsetsReadZeroAndIgnoreWrites() {
        file.write(0x01, -1);
        file.write(0x1000, -1);
        assertThat(file.read(0x01)).isZero();
        assertThat(file.read(-4)).isZero();
        assertThat(file.read(0x00)).isZero();
    }

    @Test
    void snapshotBringsBackAllValues() throws SnapshotException {
        file.write(0x00, 0x1234);
        SnapshotWriter out = new SnapshotWriter();
        file.save(out);
        file.reset();
        assertThat(file.read(0x00)).isZero();
        file.restore(out.reader("chip"));
        assertThat(file.read(0x00)).isEqualTo(0x1234);
    }
}
