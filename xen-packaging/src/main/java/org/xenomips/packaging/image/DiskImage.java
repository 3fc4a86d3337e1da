package org.xenomips.packaging.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes file systems in files, without root rights and without mounting anything. The same tree gives the same bytes. */
final class DiskImage {
    private static final int BLOCK = 4096;
    /** Room for what a file system of its own needs, besides the blocks of its files. */
    private static final long RESERVE = 4L << 20;

    private final Instant time;

    DiskImage(Instant time) {
        this.time = time;
    }

    /**
     * An ext4 file system without a journal, which a read-only disk could not replay. {@code bytes} is its size, or 0 for as much as the
     * tree needs; without a tree it is empty.
     */
    void ext4(@Nullable Path tree, Path file, String label, long bytes) throws IOException {
        HostCommand.require("mke2fs", "e2fsprogs");
        HostCommand.require("debugfs", "e2fsprogs");
        List<Path> paths = tree == null ? List.of() : contents(tree);
        long size = bytes != 0 ? bytes : needed(tree, paths);
        Path unfinished = unfinished(file);
        try (RandomAccessFile image = new RandomAccessFile(unfinished.toFile(), "rw")) {
            image.setLength(0);
            image.setLength(size / BLOCK * BLOCK);
        }
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-b",
                Integer.toString(BLOCK), "-O", "^has_journal,^resize_inode", "-m", "0", "-L", label, "-U",
                uuid(label, "file system").toString(), "-E",
                "hash_seed=" + uuid(label, "directories") + ",lazy_itable_init=0,root_owner=0:0"));
        if (tree != null) {
            command.addAll(List.of("-N", Integer.toString(paths.size() + 64), "-d", tree.toString()));
        }
        command.add(unfinished.toString());
        HostCommand.run(Path.of("."), fixedTime(), command, "");
        fixInodes(unfinished, paths);
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What mke2fs takes from the host: the time of the last change, which no program can set on a file, that of the last access, which it
     * has just changed, and the owner, who is root only if root builds the image.
     */
    private void fixInodes(Path image, List<Path> paths) throws IOException {
        String seconds = "@" + time.getEpochSecond();
        List<String> fields = List.of("uid 0", "gid 0", "ctime " + seconds, "atime " + seconds, "mtime " + seconds);
        StringBuilder commands = new StringBuilder();
        for (String path : Stream.concat(Stream.of(""), paths.stream().map(Path::toString)).toList()) {
            for (String field : fields) {
                commands.append("sif \"/").append(path).append("\" ").append(field).append('\n');
            }
        }
        String output = HostCommand.run(Path.of("."), fixedTime(),
                List.of("debugfs", "-w", "-f", "-", image.toString()), commands.toString());
        if (output.contains("File not found")) {
            throw new IOException("debugfs: " + output);
        }
    }

    /** A squashfs; a third of the size of ext4, but without a label. */
    void squashfs(Path tree, Path file) throws IOException {
        HostCommand.require("mksquashfs", "squashfs-tools");
        String seconds = Long.toString(time.getEpochSecond());
        Path unfinished = unfinished(file);
        Files.deleteIfExists(unfinished);
        HostCommand.run(Path.of("."), "mksquashfs", tree.toString(), unfinished.toString(), "-noappend",
                "-no-progress", "-quiet", "-all-root", "-mkfs-time", seconds, "-all-time", seconds, "-comp", "zstd",
                "-Xcompression-level", "19", "-b", "256K");
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, String> fixedTime() {
        return Map.of("E2FSPROGS_FAKE_TIME", Long.toString(time.getEpochSecond()), "SOURCE_DATE_EPOCH",
                Long.toString(time.getEpochSecond()));
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static UUID uuid(String label, String purpose) {
        return UUID.nameUUIDFromBytes(("xenomips " + purpose + " " + label).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> contents(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(file -> !file.equals(tree)).map(tree::relativize).sorted().toList();
        }
    }

    private static long needed(@Nullable Path tree, List<Path> paths) throws IOException {
        long blocks = 0;
        for (Path path : paths) {
            Path file = tree == null ? path : tree.resolve(path);
            blocks += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Math.ceilDiv(Files.size(file), BLOCK)
                    : 1;
        }
        return blocks * BLOCK + blocks * BLOCK / 50 + paths.size() * 256L + RESERVE;
    }
}
