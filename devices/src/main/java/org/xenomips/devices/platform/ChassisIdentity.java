package org.xenomips.devices.platform;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.fpga.IdEeprom;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;

/**
 * Who a chassis is: base MAC address and serial number, as the EEPROMs of midplane and processor card hold them.
 * Immutable.
 */
final class ChassisIdentity {
    private static final int SERIAL_NUMBER = 4;

    private final byte[] mac;
    private final IdEeprom midplane;
    private final IdEeprom cpu;

    private ChassisIdentity(byte[] mac, IdEeprom midplane, IdEeprom cpu) {
        this.mac = mac;
        this.midplane = midplane;
        this.cpu = cpu;
    }

    /** The configured identity; a serial number that cannot be stored is reported through {@link Machine#warn}. */
    static ChassisIdentity of(Machine machine, MachineConfig config, Npe npe, Midplane midplane) {
        byte[] mac = macOf(config);
        IdEeprom midplaneEeprom = midplane.eeprom(mac);
        IdEeprom cpuEeprom = npe.eeprom();
        String systemId = config.systemId;
        if (systemId == null || cpuEeprom.format() != 1) {
            return new ChassisIdentity(mac, midplaneEeprom, cpuEeprom);
        }
        byte[] serial = serialNumber(systemId);
        if (serial == null) {
            machine.warn("the system id '" + systemId + "' is not a decimal number of 32 bits; it is ignored");
            return new ChassisIdentity(mac, midplaneEeprom, cpuEeprom);
        }
        return new ChassisIdentity(mac, midplaneEeprom.with(SERIAL_NUMBER, serial),
                cpuEeprom.with(SERIAL_NUMBER, serial));
    }

    /**
     * Without a configured address: locally administered, from instance and process number, so that neighbours differ.
     */
    private static byte[] macOf(MachineConfig config) {
        byte[] mac = config.mac;
        if (mac != null) {
            return mac.clone();
        }
        long pid = ProcessHandle.current().pid();
        return new byte[]{ (byte) 0xca, (byte) config.instanceId, (byte) (pid >> 8), (byte) pid, 0, 0 };
    }

    private static byte @Nullable [] serialNumber(String decimal) {
        try {
            int value = Integer.parseInt(decimal.strip());
            return new byte[]{ (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value };
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Base MAC address, 6 bytes. */
    byte[] mac() {
        return mac.clone();
    }

    String macInWords() {
        return HexFormat.ofDelimiter(":").formatHex(mac);
    }

    IdEeprom midplaneEeprom() {
        return midplane;
    }

    IdEeprom cpuEeprom() {
        return cpu;
    }
}
