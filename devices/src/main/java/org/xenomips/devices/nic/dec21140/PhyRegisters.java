package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * The registers of a DP83840A 10/100 Mb/s PHY whose partner offers everything: negotiation ends at once when there is a link.
 *
 * <p>Thread: machine thread.
 *
 * @see "IEEE 802.3, 22.2.4 and 28.2.4"
 * @see "National Semiconductor DP83840A data sheet, 'Registers'"
 */
final class PhyRegisters implements Snapshotable {
    private static final int BMCR = 0;
    private static final int BMSR = 1;
    private static final int PHYIDR1 = 2;
    private static final int PHYIDR2 = 3;
    private static final int ANAR = 4;
    private static final int ANLPAR = 5;
    private static final int ANER = 6;
    private static final int PAR = 25;

    private static final int BMCR_DEFAULT = 0x3100;
    private static final int BMCR_RESET = 0x8000;
    private static final int BMCR_NEGOTIATE = 0x1000;
    private static final int BMCR_RESTART = 0x0200;
    /** 100 and 10 Mb/s in both duplex modes, negotiation, extended registers. */
    private static final int BMSR_ABILITIES = 0x7809;
    private static final int BMSR_NEGOTIATED = 0x0020;
    private static final int BMSR_LINK = 0x0004;
    private static final int ID1 = 0x2000;
    private static final int ID2 = 0x5c01;
    private static final int ANAR_DEFAULT = 0x01e1;
    /** Partner: acknowledged, flow control, 100 and 10 Mb/s in both duplex modes. */
    private static final int PARTNER = 0x45e1;

    private final int address;
    private int bmcr = BMCR_DEFAULT;
    private int anar = ANAR_DEFAULT;
    private boolean link;
    /** The link was lost since the last read of BMSR. */
    private boolean linkLost;

    PhyRegisters(int address) {
        this.address = address;
    }

    void reset() {
        bmcr = BMCR_DEFAULT;
        anar = ANAR_DEFAULT;
        linkLost = false;
    }

    void setLink(boolean up) {
        linkLost |= link && !up;
        link = up;
    }

    /** Register {@code register} (0..31), 16 bits. */
    int read(int register) {
        return switch (register) {
            case BMCR -> bmcr;
            case BMSR -> readStatus();
            case PHYIDR1 -> ID1;
            case PHYIDR2 -> ID2;
            case ANAR -> anar;
            case ANLPAR -> link ? PARTNER : 0;
            case ANER -> link ? 1 : 0;
            case PAR -> address;
            default -> 0;
        };
    }

    /** The link bit shows a loss once even if the link has come back since. */
    private int readStatus() {
        boolean shown = link && !linkLost;
        linkLost = false;
        boolean negotiated = link && (bmcr & BMCR_NEGOTIATE) != 0;
        return BMSR_ABILITIES | (negotiated ? BMSR_NEGOTIATED : 0) | (shown ? BMSR_LINK : 0);
    }

    void write(int register, int value) {
        if (register == BMCR) {
            if ((value & BMCR_RESET) != 0) {
                reset();
            } else {
                bmcr = value & ~BMCR_RESTART & 0xffff;
            }
        } else if (register == ANAR) {
            anar = value & 0xffff;
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("bmcr", bmcr);
        out.putInt("anar", anar);
        out.putBoolean("linkLost", linkLost);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        bmcr = in.getInt("bmcr") & 0xffff;
        anar = in.getInt("anar") & 0xffff;
        linkLost = in.getBoolean("linkLost");
    }
}
