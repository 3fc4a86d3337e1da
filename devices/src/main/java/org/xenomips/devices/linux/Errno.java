package org.xenomips.devices.linux;

/** Linux error numbers that network code tells apart (errno(3)); the values of x86-64 and AArch64. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int EBADFD = 77;
    public static final int EMSGSIZE = 90;
    public static final int EADDRINUSE = 98;
    public static final int ENETDOWN = 100;
    public static final int ENOBUFS = 105;
    public static final int ECONNREFUSED = 111;

    private Errno() {}

    /** The C library's text for {@code errno}, followed by the number. */
    public static String describe(int errno) {
        return Libc.errorText(errno) + " (errno " + errno + ")";
    }
}
