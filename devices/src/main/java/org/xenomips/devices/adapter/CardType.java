package org.xenomips.devices.adapter;

import static org.xenomips.devices.adapter.CardChip.at;
import static org.xenomips.devices.adapter.ChipModel.AM79C971;
import static org.xenomips.devices.adapter.ChipModel.DEC21140;
import static org.xenomips.devices.adapter.ChipModel.I82543;
import static org.xenomips.devices.adapter.ChipModel.MUESLIX;
import static org.xenomips.devices.adapter.ChipModel.MUNICH32;
import static org.xenomips.devices.adapter.ChipModel.PLX9054;
import static org.xenomips.devices.adapter.ChipModel.PLX9060;
import static org.xenomips.devices.adapter.ChipModel.PLX9060ES;
import static org.xenomips.devices.adapter.ChipModel.PM7380;
import static org.xenomips.devices.adapter.ChipModel.POS_FRAMER;
import static org.xenomips.devices.adapter.ChipModel.TI1570;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xenomips.devices.fpga.IdEeprom;
import org.xenomips.machine.ConfigurationException;

/**
 * The cards of a Cisco 7200: one declaration each. A card without a data path is complete for a guest that looks
 * (EEPROM, PCI functions with register windows that read 0) but carries no traffic.
 */
public enum CardType {
    // @formatter:off
    C7200_IO_FE("C7200-IO-FE", 0, 0, 1, true, "I/O card with one Fast Ethernet port",
            IdEeprom.of("0183 010E FFFFFFFF 490B8C02 00000000 50 000000 981228 00 00 FFFFFFFFFFFFFF"),
            new CardChip(DEC21140, CardChip.IO_ETHERNET, 0)),
    C7200_IO_2FE("C7200-IO-2FE", 0, 0, 2, false, "I/O card with two Fast Ethernet ports",
            IdEeprom.format4("40 0215  41 0201  C0 46 0320001BCA06  82 49138B06  42 4230"
                    + "  C1 8B 3030303030303030000000  04 00  02 03  85 1C0D7F03"
                    + "  CB 8F 43373230302D492F4F2D3246452F45  80 00000000"),
            at(1, I82543), at(0, I82543)),
    C7200_IO_GE_E("C7200-IO-GE-E", 0, 0, 2, false, "I/O card with one Gigabit Ethernet and one Ethernet port",
            IdEeprom.format4("40 0216  41 0201  C0 46 0320001BCA06  82 49138B06  42 4230"
                    + "  C1 8B 3030303030303030000000  04 00  02 03  85 1C0D7F03"
                    + "  CB 8F 43373230302D492F4F2D3246452F45  80 00000000"),
            at(1, I82543), at(0, I82543)),
    C7200_JC_PA("C7200-JC-PA", 0, 0, 0, true, "jacket card for a port adapter in slot 7; has no console",
            IdEeprom.format4("40 0511  41 0101  87 440A3B03  82 4928B003  42 4130"
                    + "  C1 8B 5858585858585858585858  04 00  02 03  85 1C1DDA03"
                    + "  CB 8B 43373230302D4A432D5041  88 000145C5  89 56303120")),
    PA_FE_TX("PA-FE-TX", 1, 7, 1, true, "one Fast Ethernet port",
            IdEeprom.of("0111 0102 FFFFFFFF 49069804 00000000 60 000000 981217 00 FFFFFFFFFFFFFFFF"),
            at(0, DEC21140)),
    PA_2FE_TX("PA-2FE-TX", 1, 7, 2, false, "two Fast Ethernet ports",
            IdEeprom.format4("40 0224  41 0100  C1 8B 5858583030303030303030  82 49152C04  42 4130  03 00"
                    + "  81 00000000  04 00  80 00000000  CB 94 50412D3246452D46582020202020202020202020"
                    + "  C0 46 03200020A004"),
            at(0, I82543), at(1, I82543)),
    PA_GE("PA-GE", 1, 7, 1, false, "one Gigabit Ethernet port",
            IdEeprom.of("0198 0100 00000000 000C4803 00000000 50 000000 990603 00 0001 FFFFFFFFFFFF"),
            at(0, I82543)),
    PA_4E("PA-4E", 1, 7, 4, false, "four Ethernet ports",
            IdEeprom.of("0102 010E FFFFFFFF 49061404 00000000 50 000000 FFFFFFFFFFFFFFFFFFFFFFFF"),
            at(0, AM79C971), at(1, AM79C971), at(2, AM79C971), at(3, AM79C971)),
    PA_8E("PA-8E", 1, 7, 8, false, "eight Ethernet ports",
            IdEeprom.of("0101 010E FFFFFFFF 49061404 00000000 50 000000 FFFFFFFFFFFFFFFFFFFFFFFF"),
            at(0, AM79C971), at(1, AM79C971), at(2, AM79C971), at(3, AM79C971), at(4, AM79C971), at(5, AM79C971),
            at(6, AM79C971), at(7, AM79C971)),
    PA_4T("PA-4T+", 1, 7, 4, false, "four serial ports",
            IdEeprom.of("010C 010F FFFFFFFF 49062E07 00000000 50 000000 001024 00 FFFFFFFFFFFFFFFF"),
            at(0, MUESLIX)),
    PA_8T("PA-8T", 1, 7, 8, false, "eight serial ports",
            IdEeprom.of("010E 010F FFFFFFFF 49062E07 00000000 50 000000 001024 00 FFFFFFFFFFFFFFFF"),
            at(0, MUESLIX), at(1, MUESLIX)),
    PA_A1("PA-A1", 1, 7, 1, false, "one ATM port",
            IdEeprom.of("0117 010F FFFFFFFF 49062E07 00000000 50 000000 001024 00 FFFFFFFFFFFFFFFF"),
            at(0, TI1570), at(1, PLX9060ES)),
    PA_POS_OC3("PA-POS-OC3", 1, 7, 1, false, "one Packet over SONET port",
            IdEeprom.of("0196 0202 FFFFFFFF 490C7806 00000000 50 000000 020819 00 0000 FFFFFFFFFFFF"),
            at(0, PLX9060), at(1, PLX9060), at(2, PLX9060), new CardChip(POS_FRAMER, 3, 0)),
    PA_4B("PA-4B", 1, 7, 4, false, "four ISDN BRI ports",
            IdEeprom.of("013D 0202 FFFFFFFF 490C7806 00000000 50 000000 020819 00 0000 FFFFFFFFFFFF"),
            at(0, MUNICH32)),
    PA_MC_8TE1("PA-MC-8TE1", 1, 7, 8, false, "eight multichannel T1/E1 ports",
            IdEeprom.format4("40 034E  41 0200  C1 8B 4A41453038343159325130  82 491D7D02  42 4130  03 00"
                    + "  81 00000000  04 00  80 0001279B  CB 94 50412D4D432D385445312B202020202020202020"
                    + "  C0 46 0320004BBB02"),
            at(0, PM7380), at(1, PLX9054));
    // @formatter:on

    private final String cliName;
    private final int firstSlot;
    private final int lastSlot;
    private final int ports;
    private final boolean works;
    private final String description;
    private final IdEeprom eeprom;
    private final List<CardChip> chips;

    CardType(String cliName, int firstSlot, int lastSlot, int ports, boolean works, String description, IdEeprom eeprom,
            CardChip... chips) {
        this.cliName = cliName;
        this.firstSlot = firstSlot;
        this.lastSlot = lastSlot;
        this.ports = ports;
        this.works = works;
        this.description = description;
        this.eeprom = eeprom;
        this.chips = List.of(chips);
    }

    /** The name used on the command line and by the router's own software. */
    public String cliName() {
        return cliName;
    }

    /** Number of ports a link can be plugged into. */
    public int ports() {
        return ports;
    }

    /** False when the card is only visible and carries no traffic. */
    public boolean works() {
        return works;
    }

    /** Contents of the card's EEPROM. */
    public IdEeprom eeprom() {
        return eeprom;
    }

    /** In the order of their ports, as far as a chip serves one port. */
    List<CardChip> chips() {
        return chips;
    }

    /** True if the card fits {@code slot}. */
    public boolean fits(int slot) {
        return slot >= firstSlot && slot <= lastSlot;
    }

    /** Slots in words, such as {@code slots 1 to 7}. */
    public String slotsInWords() {
        return firstSlot == lastSlot ? "slot " + firstSlot : "slots %d to %d".formatted(firstSlot, lastSlot);
    }

    /** One line for help texts. */
    public String catalogueLine() {
        return "%-14s %-12s %s%s".formatted(cliName, slotsInWords(), description,
                works ? "" : " (visible to the router, carries no traffic)");
    }

    /**
     * The card called {@code name}, in upper or lower case.
     *
     * @throws ConfigurationException if there is none; the message lists the names
     */
    public static CardType named(String name) throws ConfigurationException {
        for (CardType type : values()) {
            if (type.cliName.equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw new ConfigurationException("there is no card '%s'; cards are %s".formatted(name, Arrays.stream(values())
                .map(CardType::cliName)
                .collect(Collectors.joining(", "))));
    }

    /**
     * Checks that the card may sit in {@code slot}.
     *
     * @throws ConfigurationException if not; the message says where it may and what fits there
     */
    public void requireFits(int slot) throws ConfigurationException {
        if (!fits(slot)) {
            String candidates = Arrays.stream(values())
                    .filter(type -> type.fits(slot))
                    .map(CardType::cliName)
                    .collect(Collectors.joining(", "));
            throw new ConfigurationException(String.format(Locale.ROOT, "%s does not fit slot %d, only %s; %s", cliName,
                    slot, slotsInWords(), candidates.isEmpty()
                            ? "slots are 0 to 7"
                            : "slot " + slot + " takes "
                                    + candidates));
        }
    }
}
