package org.xenomips.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites classes of libraries that are in a format older than Java 6 in that of Java 8. The JVM does not keep older ones in its start-up
 * cache ({@link Training}), and verifies them by a slow method at each start: for picocli this was a quarter of the processor time until
 * the command line is read.
 */
public final class OldClasses {
    /** Format of Java 6, the first with stack maps. */
    private static final int OLDEST_KEPT = ClassFile.JAVA_6_VERSION;
    private static final String NOTE = "META-INF/MODIFIED.txt";
    private static final String NOTE_TEXT = "The build of Xenomips has rewritten the classes of this library in the format of Java 8.\n"
            + "Nothing else was changed.\n";

    private OldClasses() {}

    /** Goes through the jars in the directory {@code args[0]}; those without old classes stay as they are. */
    public static void main(String[] args) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
            for (Path jar : jars) {
                if (hasOldClasses(jar)) {
                    rewrite(jar);
                }
            }
        }
    }

    private static boolean hasOldClasses(Path jar) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (isClass(entry) && isOld(in.getInputStream(entry).readNBytes(8))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class");
    }

    private static boolean isOld(byte[] start) {
        return start.length >= 8 && (start[6] << 8 | start[7] & 0xff) < OLDEST_KEPT;
    }

    /** The entries keep their order and times, so that the same jar becomes the same jar. */
    private static void rewrite(Path jar) throws IOException {
        Path made = jar.resolveSibling(jar.getFileName() + ".new");
        try (ZipFile in = new ZipFile(jar.toFile());
                URLClassLoader library = loader(jar);
                OutputStream file = Files.newOutputStream(made);
                ZipOutputStream out = new ZipOutputStream(file)) {
            ClassFile format = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(library)
                                    .orElse(ClassHierarchyResolver.defaultResolver())
                                    .cached()));
            List<? extends ZipEntry> entries = Collections.list(in.entries());
            for (ZipEntry entry : entries) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                put(out, entry.getName(), entry.getTime(),
                        isClass(entry) && isOld(bytes) ? rewritten(format, bytes) : bytes);
            }
            put(out, NOTE, entries.getFirst().getTime(), NOTE_TEXT.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static URLClassLoader loader(Path jar) throws MalformedURLException {
        return new URLClassLoader(new java.net.URL[]{ URI.create(jar.toUri().toString()).toURL() });
    }

    private static void put(ZipOutputStream out, String name, long time, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    /** Code is taken apart and put together again, which adds the stack maps. */
    private static byte[] rewritten(ClassFile format, byte[] bytes) {
        ClassModel old = format.parse(bytes);
        return format.transformClass(old, (builder, element) -> {
            switch (element) {
                case ClassFileVersion version -> builder.with(ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0));
                case MethodModel method ->
                    builder.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                default -> builder.with(element);
            }
        });
    }
}
