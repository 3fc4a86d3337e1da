package org.xenomips.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Linux tells about a process; proc(5). */
public final class ProcFs {
    private ProcFs() {}

    /**
     * CPU time of one thread.
     *
     * @param name the thread's name, at most 15 characters
     * @param ns time on a CPU, in nanoseconds; the kernel updates it at its ticks (1 to 10 ms)
     */
    public record ThreadTime(String name, long ns) {
    }

    /** True where the figures exist. */
    public static boolean isUsable() {
        return Files.isReadable(Path.of("/proc/self/schedstat"));
    }

    /** The living threads of process {@code pid} by thread id; empty when it has ended. */
    public static Map<String, ThreadTime> threads(long pid) {
        Map<String, ThreadTime> result = new LinkedHashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                addThread(result, task);
            }
        } catch (IOException e) {
            // The process has ended; what was read before it did is all there is.
        }
        return result;
    }

    private static void addThread(Map<String, ThreadTime> result, Path task) {
        try {
            String schedstat = Files.readString(task.resolve("schedstat"));
            String name = Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
            result.put(task.getFileName().toString(),
                    new ThreadTime(name, Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')))));
        } catch (IOException e) {
            // The thread has ended between the listing and now.
        }
    }

    /**
     * The most memory, in KB, that was resident in process {@code pid} so far besides its largest writable mapping, the guest's RAM, of which
     * what is resident now is taken away. At least what is resident now: the kernel's mark lags behind by some pages.
     */
    static long peakKbBesidesLargestMapping(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        long mark = Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)
                .stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(ProcFs::kilobytes)
                .findFirst()
                .orElse(0);
        long all = 0;
        long largest = 0;
        long guest = 0;
        boolean writable = false;
        boolean isLargest = false;
        for (String line : Files.readAllLines(process.resolve("smaps"), StandardCharsets.ISO_8859_1)) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                writable = line.contains(" rw");
                isLargest = false;
            } else if (writable && line.startsWith("Size:") && kilobytes(line) > largest) {
                largest = kilobytes(line);
                isLargest = true;
            } else if (line.startsWith("Rss:")) {
                all += kilobytes(line);
                guest = isLargest ? kilobytes(line) : guest;
            }
        }
        return Math.max(mark, all) - guest;
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
