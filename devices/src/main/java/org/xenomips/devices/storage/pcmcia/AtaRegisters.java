package org.xenomips.devices.storage.pcmcia;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterField;
import org.xenomips.device.RegisterSpec;

/**
 * Task file of an ATA flash card in memory mode, two 8-bit registers per 16-bit register; offsets are register numbers
 * relative to the task file.
 *
 * @see "CF+ and CompactFlash Specification, 'Memory Mapped Addressing' and 'CF-ATA Drive Register Set Definition'"
 */
enum AtaRegisters implements RegisterSpec<AtaDisk> {
    SECTOR(Register.<AtaDisk>at(1, "Sector number and sector count").writable(0xffff).fields(Sector.values())), //
    CYLINDER(Register.<AtaDisk>at(2, "Cylinder high and cylinder low").writable(0xffff).fields(Cylinder.values())), //
    SELECT(Register.<AtaDisk>at(3, "Status or command, and drive/head")
            .reset(AtaDisk.IDLE << 8)
            .onWrite(AtaDisk::select)
            .afterWrite(AtaDisk::execute)
            .fields(Select.values()));

    private final Register<AtaDisk> register;

    AtaRegisters(Register<AtaDisk> register) {
        this.register = register;
    }

    @Override
    public Register<AtaDisk> register() {
        return register;
    }

    /** Fields of {@link #SECTOR}. */
    enum Sector implements RegisterField {
        COUNT(0, "Sectors to transfer; 0 = 256"), //
        NUMBER(8, "Sector number, or LBA bits 7:0");

        private final Place place;

        Sector(int low, String meaning) {
            place = new Place(low, 8, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }

    /** Fields of {@link #CYLINDER}. */
    enum Cylinder implements RegisterField {
        CYLINDER(0, 16, "Cylinder, or LBA bits 23:8");

        private final Place place;

        Cylinder(int low, int width, String meaning) {
            place = new Place(low, width, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }

    /** Fields of {@link #SELECT}. */
    enum Select implements RegisterField {
        HEAD(0, 4, "Head, or LBA bits 27:24"), //
        LBA(6, 1, "Sectors are addressed by number"), //
        STATUS(8, 8, "Read: status; write: command");

        private final Place place;

        Select(int low, int width, String meaning) {
            place = new Place(low, width, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }
}
