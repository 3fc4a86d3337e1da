package org.xenomips.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The guest programs built from {@code src/main/mips}. Each repeats the same work for ever and prints a line
 * {@code rep NUMBER result WORD} after each repetition. In the order of the tables that compare engines.
 */
public enum GuestProgram {
    /** Sorting a list, multiplying matrices, a state machine, cyclic redundancy checks. */
    MIX(0x43a3_c347),
    /** Records, strings and many calls. */
    RECORDS(0x38f0_9f20),
    /** Copying and summing 1 MB. */
    COPY1(0x8969_86b1),
    /** Copying and summing 16 MB. */
    COPY16(0x0000_1eb8),
    /** Following pointers through 16 MB; bound by the host's memory. */
    CHASE(0x97bb_c626),
    /** Recursive Fibonacci numbers and calls through a table. */
    FIB(0x4bb0_0387),
    /** A stack machine's interpreter. */
    BYTECODE(0x5253_7e40),
    /** SHA-256. */
    SHA256(0x0ef5_b9a2),
    /** Forwarding IPv4 headers with a binary trie. */
    IPV4(0x3052_0936),
    /** Walking more mapped memory than the TLB holds. */
    TLB(0xd281_fb44),
    /** System calls. */
    SYSCALL(0x740e_90c7),
    /** Polling a device register. */
    MMIO(0xfaa2_ace4),
    /** Floating point: bodies that attract each other, in double precision, and products of single-precision matrices. */
    NBODY(0x0bba_229d);

    private static final byte[] MARK = "XENOBENCH 1\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int OF_THE_MEAN = 9;

    private final int result;

    GuestProgram(int result) {
        this.result = result;
    }

    /** What a program is built for; the code that is measured is the same. */
    public enum Board {
        C7200, MALTA
    }

    /** The program called {@code name}. */
    public static GuestProgram named(String name) {
        for (GuestProgram program : values()) {
            if (program.toString().equals(name)) {
                return program;
            }
        }
        throw new IllegalArgumentException("no program '" + name + "'; there are " + Arrays.toString(values()));
    }

    /** The programs whose geometric mean is the figure of merit: computing, without exceptions and devices. */
    public static List<GuestProgram> ofTheMean() {
        return List.of(values()).subList(0, OF_THE_MEAN);
    }

    /** What a full repetition prints as its result. */
    public int result() {
        return result;
    }

    /** The image, an ELF file whose repetitions do about 1/{@code divisor} of the work. */
    public byte[] image(Board board, int divisor) {
        String name = "programs/" + this + '.' + board.name().toLowerCase(Locale.ROOT) + ".elf";
        try (InputStream in = GuestProgram.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            byte[] image = in.readAllBytes();
            ByteBuffer.wrap(image).putInt(parameterOffset(image), divisor);
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int parameterOffset(byte[] image) {
        for (int at = 0; at + MARK.length + Integer.BYTES <= image.length; at += Integer.BYTES) {
            if (Arrays.equals(image, at, at + MARK.length, MARK, 0, MARK.length)) {
                return at + MARK.length;
            }
        }
        throw new IllegalStateException("the image holds no parameters");
    }

    /** The name in tables, on the command line and of the source file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
