package org.xenomips.devices.netio;

/**
 * A network interface of the host.
 *
 * @param name as used with {@code gen_eth} and {@code linux_eth}
 * @param description what it is; may be empty
 * @param mac station address as six hexadecimal pairs; empty if it has none
 * @param up true if it is administratively up
 * @param running true if it is up and has a carrier
 * @param mtu largest payload in bytes; -1 if not known
 */
public record HostInterface(String name, String description, String mac, boolean up, boolean running, int mtu) {
    /** One line for a list of interfaces. */
    public String line() {
        StringBuilder line = new StringBuilder(name);
        line.append(" : ").append(description.isEmpty() ? "no description" : description);
        line.append(" [").append(running ? "running" : up ? "up, no carrier" : "down");
        if (!mac.isEmpty()) {
            line.append(", ").append(mac);
        }
        if (mtu >= 0) {
            line.append(", MTU ").append(mtu);
        }
        return line.append(']').toString();
    }
}
