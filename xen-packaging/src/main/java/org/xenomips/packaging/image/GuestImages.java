package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps from packages to the three files a guest boots from. */
final class GuestImages {
    private final Path runtime;
    private final Path cache;
    private final Path temporary;
    private final Instant time;
    private final long started = System.nanoTime();

    GuestImages(Path runtime, Path cache, Path temporary, Instant time) {
        this.runtime = runtime;
        this.cache = cache;
        this.temporary = temporary;
        this.time = time;
    }

    void build(PackageSource source, Path directory, ImageCommand.Flavour flavour, ImageCommand.Format format,
            @Nullable Path keys) throws IOException {
        Path guest = runtime.resolve("guest");
        String kernelName = source.kernelPackage();
        List<String> names = new ArrayList<>(flavour == ImageCommand.Flavour.small
                ? SmallRoot.packages()
                : List.of("busybox-static"));
        names.add(kernelName);
        step("Packages (" + names.size() + ", " + kernelName + ")");
        Map<String, Path> packages = source.get(names);

        step("Kernel and initrd");
        Kernel kernel = new Kernel(kernelName, file(packages, kernelName), cache);
        FileTree initrd = new FileTree(temporary.resolve("initrd"));
        new DebPackage(file(packages, "busybox-static")).unpack("bin/busybox"::equals, initrd);
        kernel.copyKernel(directory.resolve("vmlinuz"));
        kernel.writeInitrd(directory.resolve("initrd.img"), initrd.resolve("bin/busybox"),
                guest.resolve("initrd/init"), time);

        Path root = directory.resolve("root.img");
        if (flavour == ImageCommand.Flavour.small) {
            step("Root (small, " + format + ")");
            FileTree tree = new FileTree(temporary.resolve("root"));
            new SmallRoot(tree, guest).build(packages, runtime, keys);
            tree.finish(time);
            DiskImage disk = new DiskImage(time);
            if (format == ImageCommand.Format.ext4) {
                disk.ext4(tree.top(), root, "xenomips", 0);
            } else {
                disk.squashfs(tree.top(), root);
            }
        } else {
            step("Root (debian, " + format + ")");
            new DebianRoot(guest, temporary, time, System.out).build(runtime, keys,
                    format == ImageCommand.Format.squashfs, root);
        }
        step("Ready");
        for (String name : List.of("vmlinuz", "initrd.img", "root.img")) {
            System.out.printf("%10.1f MB  %s%n", Files.size(directory.resolve(name)) / 1e6, directory.resolve(name));
        }
    }

    private static Path file(Map<String, Path> packages, String name) throws ImageBuildException {
        Path file = packages.get(name);
        if (file == null) {
            throw new ImageBuildException("the package " + name + " is missing");
        }
        return file;
    }

    private void step(String what) {
        System.out.printf("[%5.1f s] %s%n", (System.nanoTime() - started) / 1e9, what);
    }
}
