package org.xenomips.devices.platform;

import org.jspecify.annotations.Nullable;
import org.xenomips.devices.adapter.Card;
import org.xenomips.machine.MachineConfig;
import org.xenomips.net.FramePort;

/** The hardware listing printed when a machine starts. */
final class BoardSummary {
    private final MachineConfig config;
    private final Npe npe;
    private final Midplane midplane;

    BoardSummary(MachineConfig config, Npe npe, Midplane midplane) {
        this.config = config;
        this.npe = npe;
        this.midplane = midplane;
    }

    String text(ChassisIdentity identity, MemoryParts memory, int configRegister, boolean nvramBlank,
            @Nullable Card[] cards) {
        StringBuilder text = new StringBuilder();
        line(text, "Chassis", "Cisco 7200, %s midplane, base MAC address %s".formatted(midplane.cliName(),
                identity.macInWords()));
        line(text, "Processor", "%s, %s at %d MHz".formatted(npe.cliName(), npe.cpu(), npe.hertz() / 1_000_000));
        line(text, "Memory", "RAM %d MB%s%s, boot ROM %d MB".formatted(memory.ramMb(),
                memory.iomemMb() == 0 ? "" : ", I/O memory " + memory.iomemMb() + " MB",
                npe.sramBankBytes() == 0 ? "" : ", packet SRAM 2 x " + (npe.sramBankBytes() >> 10) + " KB",
                memory.romMb()));
        line(text, "Storage", "NVRAM %d KB, bootflash 8 MB%s%s".formatted(config.nvramKb, disk("disk0", config.disk0Mb),
                disk("disk1", config.disk1Mb)));
        line(text, "Conf. register", "0x%04x%s".formatted(configRegister, nvramBlank ? " (the NVRAM was empty)" : ""));
        for (int slot = 0; slot < cards.length; slot++) {
            Card card = cards[slot];
            if (card != null) {
                line(text, "Slot " + slot, card.type().cliName() + ports(card));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-15s: %s\n".formatted(what, value));
    }

    private static String disk(String name, int megabytes) {
        return megabytes == 0 ? "" : ", %s %d MB".formatted(name, megabytes);
    }

    private static String ports(Card card) {
        StringBuilder text = new StringBuilder(card.type().works() ? "" : " (carries no traffic)");
        for (int port = 0; port < card.type().ports(); port++) {
            FramePort hostPort = card.hostPort(port);
            if (hostPort != null) {
                text.append(", port ").append(port).append(" = ").append(hostPort.name());
            }
        }
        return text.toString();
    }
}
