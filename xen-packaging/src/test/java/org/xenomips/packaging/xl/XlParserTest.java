package org.xenomips.packaging.xl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.packaging.xl.XenHost.Result;

/**
 * The configurations as others read them: xl by its own library, {@code libxlutil} (Debian: libxenmisc), which needs no running Xen, and
 * the old xm by Python. Skipped where these are missing.
 */
class XlParserTest {
    private static final int DISK_STRUCTURE = 4096;

    @TempDir
    Path directory;

    private XenHost host;

    @BeforeEach
    void aLab() throws IOException {
        host = new XenHost(directory);
        host.configuration("""
                type  = pv
                image = C7200-JK.BIN
                [0]
                bridges = service0 xenbr0 xenbr1
                [10]
                bridges = service0 w0
                work = /srv/a,b=c:d%N.img
                ram = 128
                """);
    }

    private String config(String... arguments) throws Exception {
        Result result = host.xenomipsXl(Shell.DASH, arguments);
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output();
    }

    /** xl's parser of configuration files. */
    private static final class Parser {
        private final Linker linker = Linker.nativeLinker();
        private final Arena arena;
        private final SymbolLookup library;
        private final MemorySegment file;

        Parser(Arena arena, Path configuration) throws Throwable {
            this.arena = arena;
            this.library = SymbolLookup.libraryLookup(find(), arena);
            MemorySegment name = arena.allocateFrom(configuration.toString());
            MemorySegment messages = linker.defaultLookup()
                    .findOrThrow("stderr")
                    .reinterpret(ADDRESS.byteSize())
                    .get(ADDRESS, 0);
            file = (MemorySegment) linker
                    .downcallHandle(library.findOrThrow("xlu_cfg_init"),
                            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS))
                    .invokeExact(messages, name);
            int status = (int) linker
                    .downcallHandle(library.findOrThrow("xlu_cfg_readfile"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS))
                    .invokeExact(file, name);
            assertThat(status).as("xl reads the file").isZero();
        }

        private static Path find() throws IOException {
            Path found = null;
            for (String place : List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64")) {
                if (Files.isDirectory(Path.of(place))) {
                    try (Stream<Path> files = Files.list(Path.of(place))) {
                        found = files.filter(path -> path.getFileName().toString().startsWith("libxlutil.so"))
                                .findFirst()
                                .orElse(found);
                    }
                }
            }
            assumeTrue(found != null, "libxlutil is not installed");
            return java.util.Objects.requireNonNull(found);
        }

        String string(String key) throws Throwable {
            MemorySegment result = arena.allocate(ADDRESS);
            int status = (int) linker
                    .downcallHandle(library.findOrThrow("xlu_cfg_get_string"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(file, arena.allocateFrom(key), result, 0);
            assertThat(status).as(key).isZero();
            return text(result.get(ADDRESS, 0));
        }

        List<String> list(String key) throws Throwable {
            MemorySegment list = arena.allocate(ADDRESS);
            MemorySegment size = arena.allocate(JAVA_INT);
            int status = (int) linker
                    .downcallHandle(library.findOrThrow("xlu_cfg_get_list"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(file, arena.allocateFrom(key), list, size, 0);
            assertThat(status).as(key).isZero();
            List<String> items = new ArrayList<>();
            for (int i = 0; i < size.get(JAVA_INT, 0); i++) {
                MemorySegment item = (MemorySegment) linker
                        .downcallHandle(library.findOrThrow("xlu_cfg_get_listitem"),
                                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT))
                        .invokeExact(list.get(ADDRESS, 0), i);
                items.add(text(item));
            }
            return items;
        }

        /** Whether xl understands the description of a disk. */
        boolean isDisk(String description) throws Throwable {
            MemorySegment descriptions = arena.allocate(ADDRESS);
            descriptions.set(ADDRESS, 0, arena.allocateFrom(description));
            int status = (int) linker
                    .downcallHandle(library.findOrThrow("xlu_disk_parse"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS))
                    .invokeExact(file, 1, descriptions, arena.allocate(DISK_STRUCTURE, 16));
            return status == 0;
        }

        private static String text(MemorySegment address) {
            return address.reinterpret(4096).getString(0, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void xlReadsWhatWasMeant() throws Throwable {
        Path file = directory.resolve("xenomips10.cfg");
        Files.writeString(file, config("config", "10"));
        try (Arena arena = Arena.ofConfined()) {
            Parser xl = new Parser(arena, file);
            assertThat(xl.string("name")).isEqualTo("xenomips10");
            assertThat(xl.string("type")).isEqualTo("pv");
            assertThat(xl.string("memory")).isEqualTo("320");
            assertThat(xl.string("cmdline")).endsWith(
                    " xenomips=\"/data/Cisco_IOS/C7200-JK.BIN -r 128 -m 00:16:3e:02:0a:01 -s 0:0:gen_eth:eth1\"");
            assertThat(xl.list("vif")).containsExactly("bridge=service0,mac=00:16:3e:01:0a:c0",
                    "bridge=w0,mac=00:16:3e:01:0a:c1");
            assertThat(xl.list("disk")).hasSize(3)
                    .endsWith("format=raw,vdev=xvda3,access=rw,target=/srv/a,b=c:d10.img");
            for (String disk : xl.list("disk")) {
                assertThat(xl.isDisk(disk)).as(disk).isTrue();
            }
            assertThat(xl.isDisk("format=raw,nonsense=1,target=/x")).isFalse();
        }
    }

    @Test
    void pythonOfTheOldXmReadsTheSame() throws Exception {
        assumeTrue(Shell.isThere("python3"), "python3 is not installed");
        Path file = directory.resolve("xenomips");
        Files.writeString(file, config("config", "--xm"));
        String script = """
                import sys
                values = {'N': '10'}
                exec(open(sys.argv[1]).read(), {}, values)
                for key in 'name memory root extra disk vif'.split(): print(key, values[key])
                """;
        Process python = new ProcessBuilder("python3", "-c", script, file.toString()).redirectErrorStream(true).start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(python.waitFor()).as(output).isZero();
        assertThat(output).contains("name xenomips10\n", "memory 320\n", "root /dev/xvda1 ro\n",
                "extra console=hvc0 net.ifnames=0 quiet", " -s 0:0:gen_eth:eth1\"\n",
                "'file:/srv/a,b=c:d10.img,xvda3,w']", "'bridge=w0,mac=00:16:3e:01:0a:c1']");
    }
}
