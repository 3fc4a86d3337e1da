package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The root of the flavour {@code small}: busybox, the C library, a small ssh server, ethtool and the emulator with its own Java. */
final class SmallRoot {
    /** Packages, and what is taken from each; of all of them the copyright files. */
    private static final Map<String, Predicate<String>> CONTENTS = Map.ofEntries(
            entry("busybox-static", "bin/busybox"),
            entry("libc6", "lib64/ld-linux-.*|(usr/)?lib/x86_64-linux-gnu/"
                    + "(ld-linux-x86-64|lib(c|m|dl|pthread|rt|resolv|nss_dns|nss_files|util))\\.so\\.[0-9]"),
            entry("dropbear-bin", "usr/sbin/dropbear|usr/bin/dropbearkey"),
            entry("libcrypt1", "(usr/)?lib/.*/libcrypt\\.so\\..*"),
            entry("libtomcrypt1", "usr/lib/.*/libtomcrypt\\.so\\..*"),
            entry("libtommath1", "usr/lib/.*/libtommath\\.so\\..*"),
            entry("libgmp10", "usr/lib/.*/libgmp\\.so\\..*"),
            entry("zlib1g", "(usr/)?lib/.*/libz\\.so\\..*"),
            entry("ethtool", "(usr/)?sbin/ethtool"),
            entry("libmnl0", "(usr/)?lib/.*/libmnl\\.so\\..*"));

    private final FileTree tree;
    private final Path guest;

    SmallRoot(FileTree tree, Path guest) {
        this.tree = tree;
        this.guest = guest;
    }

    private static Map.Entry<String, Predicate<String>> entry(String name, String files) {
        Predicate<String> wanted = Pattern.compile(files).asMatchPredicate();
        return Map.entry(name, path -> wanted.test(path) || path.equals("usr/share/doc/" + name + "/copyright"));
    }

    static List<String> packages() {
        return CONTENTS.keySet().stream().sorted().toList();
    }

    void build(Map<String, Path> packages, Path runtime, @Nullable Path loginKeys) throws IOException {
        for (String name : packages()) {
            Path file = packages.get(name);
            Predicate<String> wanted = CONTENTS.get(name);
            if (file == null || wanted == null) {
                throw new ImageBuildException("the package " + name + " is missing");
            }
            new DebPackage(file).unpack(wanted, tree);
        }
        busyboxCommands();
        emulator(tree, runtime);
        GuestFiles.common(tree, guest, loginKeys);
        tree.copy(guest.resolve("small/defaults"), "etc/default/xenomips");
        tree.copy(guest.resolve("small/init"), "sbin/init");
        tree.copy(guest.resolve("small/udhcpc.script"), "usr/share/udhcpc/default.script");
        for (String name : List.of("passwd", "group", "shells", "hosts", "nsswitch.conf")) {
            tree.copy(guest.resolve("small/etc").resolve(name), "etc/" + name);
        }
        tree.link("etc/mtab", "/proc/mounts");
        tree.directories("dev", "proc", "sys", "run", "tmp", "mnt", "var/log", "var/tmp", "var/cache");
        tree.link("var/run", "/run");
        tree.link("var/lock", "/run/lock");
    }

    /** Links for the commands of busybox, which itself knows best what they are; where a package brings the command, that one stays. */
    private void busyboxCommands() throws IOException {
        Path busybox = tree.resolve("bin/busybox");
        for (String path : HostCommand.run(Path.of("."), busybox.toString(), "--list-full").lines().toList()) {
            String link = path.startsWith("/") ? path.substring(1) : path;
            Path host = tree.resolve(link);
            if (!link.isBlank() && !Files.exists(host) && !link.equals("sbin/init") && !link.equals("linuxrc")) {
                tree.link(link, "/bin/busybox");
            }
        }
    }

    /** The program, without what only builds images. */
    static void emulator(FileTree tree, Path runtime) throws IOException {
        for (String part : List.of("java", "lib", "doc", "xenomips", "xenomips.aot")) {
            // The start-up cache is missing where it could not be made; the router starts slower then.
            if (!part.equals("xenomips.aot") || Files.exists(runtime.resolve(part))) {
                tree.copy(runtime.resolve(part), "opt/xenomips/" + part);
            }
        }
        tree.link("usr/bin/xenomips", "/opt/xenomips/xenomips");
    }
}
