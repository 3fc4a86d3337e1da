package org.xenomips.packaging.image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The root of the flavour {@code debian}: a minimal Debian of the machine's own release with systemd and ssh, in which tools can be
 * installed before the image is made. mmdebstrap puts it together, with or without root rights.
 */
final class DebianRoot {
    private static final List<String> PACKAGES = List.of("systemd-sysv", "udev", "kmod", "iproute2", "isc-dhcp-client",
            "openssh-server", "ethtool", "procps", "tcpdump", "less", "vim-tiny");
    private static final List<String> UNITS = List.of("xenomips-init.service", "xenomips-links.service",
            "xenomips-dhcp.service", "xenomips.service", "xenomips.target");
    /** Run in the finished root ($1), as its root user: links of enabled units, nothing of one machine's own, no logins but the router's. */
    private static final String FINISH = """
            set -e
            cd "$1"
            for unit in xenomips-init.service:local-fs.target xenomips-links.service:multi-user.target \\
                xenomips-dhcp.service:multi-user.target xenomips.service:xenomips.target; do
                mkdir -p "etc/systemd/system/${unit#*:}.wants"
                ln -sf "/etc/systemd/system/${unit%:*}" "etc/systemd/system/${unit#*:}.wants/${unit%:*}"
            done
            ln -sf /etc/systemd/system/xenomips.target etc/systemd/system/default.target
            for unit in serial-getty@hvc0 serial-getty@ttyS0 getty@tty1 console-getty getty-static \\
                systemd-networkd-wait-online apt-daily.timer apt-daily-upgrade.timer; do
                case $unit in *.timer) ;; *) unit=$unit.service ;; esac
                ln -sf /dev/null "etc/systemd/system/$unit"
            done
            rm -f etc/ssh/ssh_host_* etc/resolv.conf var/lib/dbus/machine-id
            rm -rf var/lib/apt/lists/* var/cache/apt/* var/cache/ldconfig/* var/log/*.log var/log/apt
            : >etc/machine-id
            ln -sf /run/resolv.conf etc/resolv.conf
            """;

    private final Path guest;
    private final Path work;
    private final Instant time;
    private final PrintStream progress;

    DebianRoot(Path guest, Path work, Instant time, PrintStream progress) {
        this.guest = guest;
        this.work = work;
        this.time = time;
        this.progress = progress;
    }

    /** Makes the whole image {@code file}; the owners in the root are many, so it never lies unpacked among the user's files. */
    void build(Path runtime, @Nullable Path loginKeys, boolean squashfs, Path file) throws IOException {
        HostCommand.require("mmdebstrap", "mmdebstrap");
        FileTree extra = new FileTree(work.resolve("extra"));
        SmallRoot.emulator(extra, runtime);
        GuestFiles.common(extra, guest, loginKeys);
        Path debian = guest.resolve("debian");
        for (String unit : UNITS) {
            extra.copy(debian.resolve(unit), "etc/systemd/system/" + unit);
        }
        extra.copy(debian.resolve("ssh-keys.conf"), "etc/systemd/system/ssh.service.d/xenomips.conf");
        extra.copy(debian.resolve("system.conf"), "etc/systemd/system.conf.d/xenomips.conf");
        extra.copy(debian.resolve("sshd.conf"), "etc/ssh/sshd_config.d/xenomips.conf");
        extra.copy(debian.resolve("dhclient-resolv"), "etc/dhcp/dhclient-enter-hooks.d/xenomips");
        // The package's own link would lead nowhere while packages are installed.
        Files.delete(extra.resolve("etc/resolv.conf"));
        extra.finish(time);
        Path tar = work.resolve("extra.tar");
        HostCommand.run(extra.top(), "tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-cf",
                tar.toString(), ".");
        Path root = work.resolve("root.tar");
        progress.println("Installing Debian " + suite() + " with mmdebstrap (a few minutes)");
        List<String> command = new ArrayList<>(List.of("mmdebstrap", "--quiet", "--variant=minbase",
                "--include=" + String.join(",", PACKAGES), "--dpkgopt=path-exclude=/usr/share/man/*",
                "--dpkgopt=path-exclude=/usr/share/locale/*", "--dpkgopt=path-exclude=/usr/share/info/*",
                "--customize-hook=tar-in " + tar + " /", "--customize-hook=" + FINISH));
        proxies(command);
        command.addAll(List.of(suite(), root.toString()));
        command.addAll(sources());
        HostCommand.run(work, Map.of("SOURCE_DATE_EPOCH", Long.toString(time.getEpochSecond())), command, "");
        progress.println("Making the file system");
        image(root, squashfs, file);
    }

    /**
     * The tar becomes a file system in a namespace (or as root), where the owners of the files can be set. The root user of a namespace cannot
     * read or write a file of the user who builds, so he gets both as open files and works in a directory of his own. Nor can he make device
     * nodes; the guest's kernel brings them along.
     */
    private void image(Path root, boolean squashfs, Path file) throws IOException {
        String make = squashfs
                ? "mksquashfs root image -noappend -no-progress -quiet -mkfs-time \"$1\" -all-time \"$1\" -comp zstd"
                        + " -Xcompression-level 19 -b 256K >&2"
                : "size=$(du -s --apparent-size -B4096 root | cut -f1); files=$(find root | wc -l);"
                        + " truncate -s $(((size + files / 2 + size / 20) * 4096 + 8388608)) image; mke2fs -q -F -t ext4"
                        + " -b 4096 -O ^has_journal,^resize_inode -m 0 -N $((files + 64)) -L xenomips -U \"$2\""
                        + " -E hash_seed=\"$2\",lazy_itable_init=0 -d root image >&2; (cd root; find . -mindepth 1 |"
                        + " sed \"s|^\\.\\(.*\\)|sif \\\"\\1\\\" ctime @$1\\nsif \\\"\\1\\\" atime @$1|\";"
                        + " echo \"sif / ctime @$1\"; echo \"sif / atime @$1\") | debugfs -w -f - image >/dev/null";
        String script = "set -e; place=$(mktemp -d); trap 'cd /; rm -rf \"$place\"' EXIT; cd \"$place\"; mkdir root;"
                + " tar -C root --numeric-owner --exclude='./dev/*' -xpf -; " + make + "; cat image";
        String seconds = Long.toString(time.getEpochSecond());
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "in=$1; out=$2; shift 2; exec \"$@\" <\"$in\" >\"$out\"",
                        "sh", root.toString(), unfinished.toString()));
        if (!System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("mmdebstrap", "--unshare-helper"));
        }
        command.addAll(List.of("sh", "-c", script, "sh", seconds, java.util.UUID.nameUUIDFromBytes(
                "xenomips debian".getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString()));
        // Not in the builder's temporary directory, which is his alone.
        HostCommand.run(Path.of("/"), Map.of("E2FSPROGS_FAKE_TIME", seconds), command, "");
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** The release of the machine: its packages fit the kernel and the C library we take elsewhere. */
    private static String suite() throws IOException {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(Path.of("/etc/os-release"))) {
            release.load(in);
        }
        String suite = release.getProperty("VERSION_CODENAME");
        if (suite == null || !"debian".equals(release.getProperty("ID"))) {
            throw new ImageBuildException("the flavour debian can only be built on Debian");
        }
        return suite;
    }

    /** The machine's own sources, whatever they are. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path file : configuration(Path.of("/etc/apt"), "sources.list")) {
            sources.add(file.toString());
        }
        for (Path file : configuration(Path.of("/etc/apt/sources.list.d"), "")) {
            if (file.toString().endsWith(".list") || file.toString().endsWith(".sources")) {
                sources.add(file.toString());
            }
        }
        if (sources.isEmpty()) {
            throw new ImageBuildException("apt has no sources on this machine");
        }
        return sources;
    }

    /** How the machine's apt reaches its sources. */
    private static void proxies(List<String> command) throws IOException {
        for (Path file : configuration(Path.of("/etc/apt/apt.conf.d"), "")) {
            String text = Files.readString(file);
            if (text.contains("Acquire::") && !text.contains("Languages")) {
                command.add("--aptopt=" + file);
            }
        }
    }

    private static List<Path> configuration(Path directory, String name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> name.isEmpty() || file.getFileName().toString().equals(name))
                    .sorted()
                    .toList();
        }
    }
}
