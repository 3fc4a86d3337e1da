package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldClassesTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path directory;

    @Test
    void oldClassIsRewrittenAndDoesTheSame() throws Exception {
        Path jar = jar(ClassFile.JAVA_5_VERSION);
        OldClasses.main(new String[]{ directory.toString() });
        assertThat(version(jar)).isEqualTo(ClassFile.JAVA_8_VERSION);
        try (var loader = new URLClassLoader(new URL[]{ jar.toUri().toURL() }, null);
                ZipFile in = new ZipFile(jar.toFile())) {
            var method = loader.loadClass("Old").getMethod("absolute", int.class);
            assertThat(method.invoke(null, -5)).isEqualTo(5);
            assertThat(method.invoke(null, 7)).isEqualTo(7);
            assertThat(in.getEntry("META-INF/MODIFIED.txt")).isNotNull();
            assertThat(in.getInputStream(in.getEntry("text")).readAllBytes()).asString().isEqualTo("as it was");
        }
    }

    @Test
    void rewrittenJarAndJarOfNewClassesStayAsTheyAre() throws IOException {
        Path jar = jar(ClassFile.JAVA_5_VERSION);
        OldClasses.main(new String[]{ directory.toString() });
        assertUntouched(jar);
        assertUntouched(jar(ClassFile.JAVA_6_VERSION));
    }

    private void assertUntouched(Path jar) throws IOException {
        byte[] before = Files.readAllBytes(jar);
        Files.setLastModifiedTime(jar, LONG_AGO);
        OldClasses.main(new String[]{ directory.toString() });
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(LONG_AGO);
    }

    private static int version(Path jar) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            return ClassFile.of()
                    .parse(in.getInputStream(in.getEntry("Old.class")).readAllBytes())
                    .majorVersion();
        }
    }

    /** A jar with a class of {@code version} without stack maps, and something else. */
    private Path jar(int version) throws IOException {
        byte[] bytes = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(ClassDesc.of("Old"),
                        builder -> builder.withVersion(version, 0)
                                .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER)
                                .withMethodBody("absolute",
                                        MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.iload(0)
                                                .ifThen(java.lang.classfile.Opcode.IFLT,
                                                        negative -> negative.iload(0).ineg().ireturn())
                                                .iload(0)
                                                .ireturn()));
        Path jar = directory.resolve("library-" + version + ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("Old.class"));
            out.write(bytes);
            out.putNextEntry(new ZipEntry("text"));
            out.write("as it was".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }
}
