package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** The kernel of the guest, and its initrd: busybox, the few modules that reach the root disk, and one script. */
final class Kernel {
    private final String packageName;
    private final Path directory;
    private final FileTree tree;

    /** The kernel of {@code packageFile}, unpacked below {@code cache} where that has not been done before. */
    Kernel(String packageName, Path packageFile, Path cache) throws IOException {
        this.packageName = packageName;
        this.directory = cache.resolve("unpacked-" + packageFile.getFileName().toString().replace(".deb", ""));
        this.tree = new FileTree(directory.resolve("tree"));
        Path complete = directory.resolve("complete");
        if (!Files.exists(complete)) {
            new DebPackage(packageFile).unpack(Kernel::wanted, tree);
            Files.createFile(complete);
        }
    }

    /** Of four hundred megabytes: the kernel, and the directories with the modules that may be needed. */
    private static boolean wanted(String path) {
        if (path.startsWith("boot/vmlinuz-") || path.endsWith("/modules.builtin")
                || path.startsWith("usr/share/doc/")) {
            return true;
        }
        String module = KernelModules.moduleName(path);
        return path.contains("/kernel/") && (path.contains("/drivers/virtio/") || path.contains("/drivers/block/")
                || path.contains("/drivers/net/xen-") || path.contains("/fs/ext4/") || path.contains("/fs/jbd2/")
                || path.contains("/fs/squashfs/") || path.endsWith("/fs/mbcache.ko")
                || path.endsWith("/fs/mbcache.ko.xz") || path.contains("/lib/") || path.contains("/kernel/crypto/crc")
                || module.equals("virtio_net") || module.equals("net_failover") || module.equals("failover")
                || module.equals("tun"));
    }

    /** The kernel, as a file that Xen and QEMU load. */
    void copyKernel(Path file) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tree/boot"))) {
            Path kernel = files.filter(f -> f.getFileName().toString().startsWith("vmlinuz-"))
                    .findFirst()
                    .orElseThrow(() -> new ImageBuildException(packageName + " holds no kernel"));
            Files.copy(kernel, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void writeInitrd(Path file, Path busybox, Path init, Instant time) throws IOException {
        InitrdWriter initrd = new InitrdWriter();
        for (String path : new String[]{ "bin", "dev", "modules", "proc", "root", "sys" }) {
            initrd.directory(path);
        }
        initrd.console("dev/console");
        initrd.program("bin/busybox", Files.readAllBytes(busybox));
        initrd.program("init", Files.readAllBytes(init));
        StringBuilder order = new StringBuilder();
        Map<String, byte[]> modules = new KernelModules(directory.resolve("tree/lib/modules"))
                .load(KernelModules.WANTED);
        modules.forEach((name, content) -> {
            initrd.file("modules/" + name + ".ko", content);
            order.append(name).append(".ko\n");
        });
        initrd.file("modules/order", order.toString().getBytes(StandardCharsets.US_ASCII));
        initrd.write(file, time);
    }
}
