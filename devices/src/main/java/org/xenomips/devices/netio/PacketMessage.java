package org.xenomips.devices.netio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.netio.offload.GsoSplitter;
import org.xenomips.devices.netio.offload.VlanTags;

/**
 * One received message of a packet socket: the offload header, the frame, and what the kernel says aside (packet(7), recvmsg(2),
 * virtio specification for the header). Layouts of 64-bit Linux.
 *
 * <p>Thread: the port's.
 */
final class PacketMessage {
    private static final int VNET_HEADER = 10;
    private static final int GSO_KIND = 1;
    private static final int GSO_SIZE = 4;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;

    private static final int SOCKADDR_LL = 20;
    private static final int SLL_PROTOCOL = 2;
    private static final int SLL_INDEX = 4;
    private static final int SLL_TYPE = 10;
    private static final int PACKET_OUTGOING = 4;
    private static final int ETH_P_ALL = 3;

    private static final int MSGHDR = 56;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int MESSAGE_FLAGS = 48;
    private static final int MSG_TRUNC = 0x20;

    private static final int CONTROL_BYTES = 256;
    private static final int CMSG_HEADER = 16;
    private static final int AUXDATA = 20;
    private static final int PACKET_AUXDATA = 8;
    private static final int AUX_TCI = 16;
    private static final int AUX_TPID = 18;
    private static final int STATUS_VLAN_VALID = 0x10;
    private static final int STATUS_TPID_VALID = 0x40;

    private final MemorySegment header;
    private final MemorySegment address;
    private final MemorySegment control;
    private final MemorySegment message;

    /** Frames are received into {@code buffer}. */
    PacketMessage(Arena arena, MemorySegment buffer) {
        header = arena.allocate(VNET_HEADER, Long.BYTES);
        address = arena.allocate(SOCKADDR_LL, Long.BYTES);
        control = arena.allocate(CONTROL_BYTES, Long.BYTES);
        MemorySegment vectors = arena.allocate(4L * Long.BYTES, Long.BYTES);
        vectors.set(ADDRESS, 0, header);
        vectors.set(JAVA_LONG, 8, VNET_HEADER);
        vectors.set(ADDRESS, 16, buffer);
        vectors.set(JAVA_LONG, 24, buffer.byteSize());
        message = arena.allocate(MSGHDR, Long.BYTES);
        message.set(ADDRESS, 0, address);
        message.set(ADDRESS, VECTORS, vectors);
        message.set(JAVA_LONG, VECTOR_COUNT, 2);
        message.set(ADDRESS, CONTROL, control);
    }

    /** The address of all protocols on interface {@code index}, for bind. */
    static MemorySegment address(Arena arena, int index) {
        MemorySegment result = arena.allocate(SOCKADDR_LL, Integer.BYTES);
        result.set(JAVA_SHORT, 0, (short) Descriptor.AF_PACKET);
        result.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), SLL_PROTOCOL, (short) ETH_P_ALL);
        result.set(JAVA_INT, SLL_INDEX, index);
        return result;
    }

    /** Receives one frame without waiting: offload header plus frame in bytes, or the negative error number. */
    long receive(Descriptor socket) {
        message.set(JAVA_INT, NAME_LENGTH, SOCKADDR_LL);
        message.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_BYTES);
        message.set(JAVA_INT, MESSAGE_FLAGS, 0);
        return socket.receiveMessage(message);
    }

    /** Bit 0: the checksum described by {@link #checksumStart} and {@link #checksumOffset} is unfinished. */
    int flags() {
        return header.get(JAVA_BYTE, 0);
    }

    /** 0, or the kind of super frame; see {@link GsoSplitter}. */
    int gsoKind() {
        return header.get(JAVA_BYTE, GSO_KIND) & 0xff;
    }

    /** Payload bytes per segment. */
    int gsoSize() {
        return Short.toUnsignedInt(header.get(JAVA_SHORT, GSO_SIZE));
    }

    /** Where summing starts, in bytes from the start of the frame as received. */
    int checksumStart() {
        return Short.toUnsignedInt(header.get(JAVA_SHORT, CHECKSUM_START));
    }

    /** Where the checksum is stored, in bytes from {@link #checksumStart}. */
    int checksumOffset() {
        return Short.toUnsignedInt(header.get(JAVA_SHORT, CHECKSUM_OFFSET));
    }

    /** True if the frame was longer than the buffer. */
    boolean truncated() {
        return (message.get(JAVA_INT, MESSAGE_FLAGS) & MSG_TRUNC) != 0;
    }

    /** True if this host sent the frame. */
    boolean outgoing() {
        return address.get(JAVA_BYTE, SLL_TYPE) == PACKET_OUTGOING;
    }

    /** The VLAN tag that the kernel took out of the frame: type and control information, 32 bits; 0 = none. */
    int tag() {
        long end = Math.min(message.get(JAVA_LONG, CONTROL_LENGTH), CONTROL_BYTES);
        for (long at = 0; at + CMSG_HEADER <= end;) {
            long length = control.get(JAVA_LONG, at);
            if (length < CMSG_HEADER || length > end - at) {
                return 0;
            }
            boolean aux = control.get(JAVA_INT, at + 8) == Descriptor.SOL_PACKET
                    && control.get(JAVA_INT, at + 12) == PACKET_AUXDATA && length >= CMSG_HEADER + AUXDATA;
            if (aux) {
                return tag(at + CMSG_HEADER);
            }
            at += length + 7 & -8L;
        }
        return 0;
    }

    private int tag(long aux) {
        int status = control.get(JAVA_INT, aux);
        if ((status & STATUS_VLAN_VALID) == 0) {
            return 0;
        }
        int type = (status & STATUS_TPID_VALID) != 0
                ? Short.toUnsignedInt(control.get(JAVA_SHORT, aux + AUX_TPID))
                : VlanTags.CUSTOMER;
        return type << 16 | Short.toUnsignedInt(control.get(JAVA_SHORT, aux + AUX_TCI));
    }
}
