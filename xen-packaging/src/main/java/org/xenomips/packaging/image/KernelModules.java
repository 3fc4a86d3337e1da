package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The kernel's loadable modules: which ones the guest needs, and in which order they must be loaded. */
final class KernelModules {
    /** Disks, networks and file systems of a guest under Xen and under QEMU; {@code tun} for routers with TAP links. */
    static final List<String> WANTED = List.of("crc32c_generic", "virtio_pci", "virtio_blk", "virtio_net",
            "xen_blkfront", "xen_netfront", "ext4", "squashfs", "tun");

    private final Map<String, Path> modules = new TreeMap<>();
    private final Set<String> builtIn;

    /** Reads the modules below {@code lib/modules} of an unpacked kernel package. */
    KernelModules(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".ko") || name.endsWith(".ko.xz")) {
                    modules.put(moduleName(name), file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> lists = files.filter(file -> file.endsWith("modules.builtin")).toList();
            builtIn = new java.util.HashSet<>();
            for (Path list : lists) {
                Files.readAllLines(list).forEach(line -> builtIn.add(moduleName(line)));
            }
        }
    }

    /** {@code kernel/drivers/block/xen-blkfront.ko} is the module {@code xen_blkfront}. */
    static String moduleName(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.replaceFirst("\\.ko(\\.xz)?$", "").replace('-', '_');
    }

    /** The contents of the wanted modules and of all they depend on, by name, in the order in which they can be loaded. */
    Map<String, byte[]> load(List<String> wanted) throws IOException {
        Map<String, byte[]> ordered = new LinkedHashMap<>();
        for (String name : wanted) {
            add(name, ordered, new ArrayList<>());
        }
        return ordered;
    }

    private void add(String name, Map<String, byte[]> ordered, List<String> path) throws IOException {
        if (ordered.containsKey(name) || builtIn.contains(name) || path.contains(name)) {
            return;
        }
        Path file = modules.get(name);
        if (file == null) {
            throw new ImageBuildException("the kernel has no module " + name);
        }
        byte[] content = read(file);
        path.add(name);
        for (String dependency : dependencies(content)) {
            add(dependency, ordered, path);
        }
        ordered.put(name, content);
    }

    private static byte[] read(Path file) throws IOException {
        if (file.toString().endsWith(".xz")) {
            try (XZInputStream in = new XZInputStream(Files.newInputStream(file))) {
                return in.readAllBytes();
            }
        }
        return Files.readAllBytes(file);
    }

    /** What the module says about itself in its section {@code .modinfo}: strings {@code key=value}, each ended by a zero byte. */
    static List<String> dependencies(byte[] module) throws ImageBuildException {
        String text = new String(module, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\0depends=");
        if (at < 0) {
            throw new ImageBuildException("a file of the kernel is not a module");
        }
        String value = text.substring(at + "\0depends=".length(), text.indexOf('\0', at + 1));
        return value.isEmpty() ? List.of() : Stream.of(value.split(",")).map(KernelModules::moduleName).toList();
    }
}
