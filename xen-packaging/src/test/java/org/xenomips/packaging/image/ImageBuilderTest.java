package org.xenomips.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the image builder, each by what it writes. */
class ImageBuilderTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path initrd(String name) throws IOException {
        InitrdWriter writer = new InitrdWriter();
        writer.program("init", bytes("#!/bin/sh\n"));
        writer.console("dev/console");
        writer.directory("dev");
        writer.file("modules/a.ko", bytes("module"));
        writer.directory("modules");
        Path file = directory.resolve(name);
        writer.write(file, TIME);
        return file;
    }

    @Test
    void initrdIsSortedOwnedByRootAndOfOneTime() throws IOException {
        List<String> names = new ArrayList<>();
        try (CpioArchiveInputStream cpio = new CpioArchiveInputStream(
                new GZIPInputStream(Files.newInputStream(initrd("a"))))) {
            for (CpioArchiveEntry entry = cpio.getNextEntry(); entry != null; entry = cpio.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getUID() + entry.getGID()).isZero();
                assertThat(entry.getTime()).isEqualTo(TIME.getEpochSecond());
                if (entry.getName().equals("dev/console")) {
                    assertThat(entry.isCharacterDevice()).isTrue();
                    assertThat(entry.getRemoteDeviceMaj()).isEqualTo(5);
                    assertThat(entry.getRemoteDeviceMin()).isEqualTo(1);
                }
                if (entry.getName().equals("init")) {
                    assertThat(entry.getMode() & 0777).isEqualTo(0755);
                    assertThat(cpio.readAllBytes()).isEqualTo(bytes("#!/bin/sh\n"));
                }
            }
        }
        assertThat(names).containsExactly("dev", "dev/console", "init", "modules", "modules/a.ko");
    }

    @Test
    void sameContentsGiveTheSameInitrd() throws IOException {
        assertThat(initrd("a")).hasSameBinaryContentAs(initrd("b"));
    }

    private void module(String path, String depends) throws IOException {
        Path file = directory.resolve("modules").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "\177ELF\0license=GPL\0depends=" + depends + "\0name=x\0", StandardCharsets.ISO_8859_1);
    }

    private KernelModules modules() throws IOException {
        module("kernel/fs/ext4/ext4.ko", "jbd2,crc16");
        module("kernel/fs/jbd2/jbd2.ko", "");
        module("kernel/drivers/block/xen-blkfront.ko", "");
        module("kernel/drivers/net/virtio_net.ko", "virtio-ring,crc16");
        module("kernel/drivers/virtio/virtio_ring.ko", "");
        Files.writeString(directory.resolve("modules/modules.builtin"), "kernel/lib/crc16.ko\n");
        return new KernelModules(directory.resolve("modules"));
    }

    @Test
    void modulesComeAfterWhatTheyDependOn() throws IOException {
        Map<String, byte[]> loaded = modules().load(List.of("ext4", "virtio_net", "xen_blkfront", "jbd2"));
        assertThat(loaded.keySet()).containsExactly("jbd2", "ext4", "virtio_ring", "virtio_net", "xen_blkfront");
    }

    @Test
    void missingModuleIsNamed() throws IOException {
        KernelModules modules = modules();
        module("kernel/a.ko", "b");
        assertThatThrownBy(() -> modules.load(List.of("squashfs"))).isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("squashfs");
        assertThatThrownBy(() -> new KernelModules(directory.resolve("modules")).load(List.of("a")))
                .hasMessageContaining("no module b");
    }

    /** A package with one program, one link and one document. */
    private Path debianPackage(String name, String escape) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(data))) {
            entry(tar, "./usr/bin/tool", 0755, bytes("tool"));
            entry(tar, "./usr/share/doc/tool/copyright", 0644, bytes("free"));
            TarArchiveEntry link = new TarArchiveEntry("./usr/bin/link", TarConstants.LF_SYMLINK);
            link.setLinkName("tool");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            if (!escape.isEmpty()) {
                entry(tar, escape, 0644, bytes("x"));
            }
        }
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : List.of(Map.entry("debian-binary", bytes("2.0\n")),
                    Map.entry("control.tar.xz", bytes("not looked at")),
                    Map.entry("data.tar.xz", data.toByteArray()))) {
                ar.putArchiveEntry(new ArArchiveEntry(member.getKey(), member.getValue().length));
                ar.write(member.getValue());
                ar.closeArchiveEntry();
            }
        }
        return file;
    }

    private static void entry(TarArchiveOutputStream tar, String path, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    @Test
    void wantedFilesOfPackageAreUnpacked() throws IOException {
        FileTree tree = new FileTree(directory.resolve("tree"));
        int count = new DebPackage(debianPackage("tool.deb", "")).unpack(path -> path.startsWith("usr/bin/"), tree);
        assertThat(count).isEqualTo(2);
        assertThat(tree.resolve("usr/bin/tool")).hasContent("tool").isExecutable();
        assertThat(tree.resolve("usr/bin/link")).isSymbolicLink();
        assertThat(tree.resolve("usr/share")).doesNotExist();
    }

    @Test
    void packageWithoutWhatIsNeededIsRefused() throws IOException {
        FileTree tree = new FileTree(directory.resolve("tree"));
        DebPackage tool = new DebPackage(debianPackage("tool.deb", ""));
        assertThatThrownBy(() -> tool.unpack("usr/bin/other"::equals, tree)).isInstanceOf(ImageBuildException.class);
    }

    @Test
    void pathsThatLeaveTheTreeAreRefused() throws IOException {
        FileTree tree = new FileTree(directory.resolve("tree"));
        DebPackage hostile = new DebPackage(debianPackage("tool.deb", "./../../escaped"));
        assertThatThrownBy(() -> hostile.unpack(path -> true, tree)).hasMessageContaining("leads out of the image");
        assertThat(directory.resolve("escaped")).doesNotExist();
    }

    private PackageSource offline(String... files) throws IOException {
        Path packages = Files.createDirectories(directory.resolve("packages"));
        for (String file : files) {
            Files.createFile(packages.resolve(file));
        }
        return new PackageSource(packages, directory.resolve("cache"), System.out);
    }

    @Test
    void offlineDirectoryProvidesPackages() throws IOException {
        PackageSource source = offline("linux-image-6.1.0-9-amd64_6.1.1_amd64.deb", "libc6_2.36_amd64.deb",
                "libc6-dev_2.36_amd64.deb");
        assertThat(source.kernelPackage()).isEqualTo("linux-image-6.1.0-9-amd64");
        assertThat(source.get(List.of("libc6", "linux-image-6.1.0-9-amd64"))).hasSize(2);
    }

    @Test
    void whatIsMissingInTheOfflineDirectoryIsNamed() throws IOException {
        PackageSource source = offline("libc6_2.36_amd64.deb", "libc6_2.37_amd64.deb");
        assertThatThrownBy(source::kernelPackage).hasMessageContaining("found: none");
        assertThatThrownBy(() -> source.get(List.of("libc6", "ethtool")))
                .hasMessageContaining("libc6 (there are 2 of them), ethtool");
    }

    private FileTree tree(String name) throws IOException {
        FileTree tree = new FileTree(directory.resolve(name));
        tree.file("bin/program", new ByteArrayInputStream(new byte[100_000]), true);
        tree.file("etc/setting", "x\n");
        tree.link("bin/link", "program");
        tree.directory("empty");
        tree.finish(TIME);
        return tree;
    }

    @Test
    void sameTreeGivesTheSameFileSystem() throws IOException {
        assumeTrue(HostCommand.exists("mke2fs") && HostCommand.exists("debugfs"), "e2fsprogs are not installed");
        DiskImage disk = new DiskImage(TIME);
        Path first = directory.resolve("a.img");
        Path second = directory.resolve("b.img");
        disk.ext4(tree("a").top(), first, "xenomips", 0);
        // Another time of the last change and other inodes on the host.
        Files.setLastModifiedTime(directory, FileTime.from(TIME));
        disk.ext4(tree("b").top(), second, "xenomips", 0);
        assertThat(first).hasSameBinaryContentAs(second);
        String header = HostCommand.run(directory, "dumpe2fs", "-h", first.toString());
        assertThat(header).contains("Filesystem volume name:   xenomips").doesNotContain("has_journal");
        assertThat(HostCommand.run(directory, "debugfs", "-R", "stat /bin/program", first.toString()))
                .containsPattern("User: +0 +Group: +0")
                .contains("Mode:  0755")
                .contains("ctime: 0x6955b900");
    }

    @Test
    void failingProgramIsQuoted() {
        assertThatThrownBy(() -> HostCommand.run(directory, "sh", "-c", "echo reason >&2; exit 3"))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("status 3")
                .hasMessageContaining("reason");
    }
}
