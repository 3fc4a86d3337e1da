package org.xenomips.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenomips.GeneratedFile;
import org.xenomips.device.Register;
import org.xenomips.device.RegisterField;
import org.xenomips.device.RegisterSpec;

/** {@code docs/registers}: one page per chip, generated from its declared registers. */
class RegisterPagesTest {
    private static final String SUFFIX = "Registers";

    private static final List<Class<?>> CHIPS = find();

    static List<Class<?>> chips() {
        return CHIPS;
    }

    private static List<Class<?>> find() {
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.xenomips.devices");
        return classes.stream()
                .filter(c -> c.isEnum() && c.isAssignableTo(RegisterSpec.class))
                .map(JavaClass::reflect)
                .<Class<?>>map(c -> c)
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    @Test
    void everyChipIsFound() {
        assertThat(chips()).extracting(Class::getSimpleName)
                .contains("Gt64xxxRegisters", "MpFpgaRegisters", "IoFpgaRegisters", "RemoteControlRegisters")
                .allMatch(name -> name.endsWith(SUFFIX));
    }

    @ParameterizedTest
    @MethodSource("chips")
    void pageIsCurrent(Class<?> chip) throws IOException {
        String name = chip.getSimpleName().substring(0, chip.getSimpleName().length() - SUFFIX.length());
        GeneratedFile.assertCurrent("docs/registers/" + name.toLowerCase(Locale.ROOT) + ".md", page(name, chip));
    }

    @Test
    void indexIsCurrent() throws IOException {
        StringBuilder text = new StringBuilder(
                "# Registers by chip\n\nGenerated from the declarations; do not edit.\n\n");
        for (Class<?> chip : chips()) {
            String name = chip.getSimpleName().substring(0, chip.getSimpleName().length() - SUFFIX.length());
            text.append("* [%s](%s.md): %d registers\n".formatted(name, name.toLowerCase(Locale.ROOT),
                    chip.getEnumConstants().length));
        }
        GeneratedFile.assertCurrent("docs/registers/README.md", text.toString());
    }

    private static String page(String name, Class<?> chip) {
        List<RegisterSpec<?>> registers = Arrays.stream(chip.getEnumConstants())
                .<RegisterSpec<?>>map(constant -> (RegisterSpec<?>) constant)
                .sorted(Comparator.comparingInt(r -> r.register().offset()))
                .toList();
        StringBuilder text = new StringBuilder("# Registers of ").append(name)
                .append("\n\nGenerated from `%s`; do not edit.\n\n".formatted(chip.getName()))
                .append("| Offset | Register | Reset | Access | Meaning |\n|---|---|---|---|---|\n");
        for (RegisterSpec<?> spec : registers) {
            Register<?> register = spec.register();
            text.append("| 0x%03x | %s | 0x%08x | %s | %s |\n".formatted(register.offset(), spec.name(),
                    register.resetValue(), access(register), register.meaning()));
        }
        for (RegisterSpec<?> spec : registers) {
            if (!spec.register().fields().isEmpty()) {
                text.append("\n## ").append(spec.name()).append("\n\n| Bits | Field | Meaning |\n|---|---|---|\n");
                spec.register().fields().forEach(field -> text.append(fieldLine(field)));
            }
        }
        return text.toString();
    }

    private static String access(Register<?> register) {
        StringBuilder text = new StringBuilder(switch (register.writableMask()) {
            case -1 -> "read, write";
            case 0 -> "read";
            default -> "read, write 0x%08x".formatted(register.writableMask());
        });
        if (register.writeOneToClearMask() != 0) {
            text.append(register.writeOneToClearMask() == -1
                    ? ", 1 clears"
                    : ", 1 clears 0x%08x".formatted(register.writeOneToClearMask()));
        }
        if (register.clearOnReadMask() != 0) {
            text.append(", a read clears 0x%08x".formatted(register.clearOnReadMask()));
        } else if (!register.readIsPure()) {
            text.append(", a read acts");
        }
        return text.toString();
    }

    private static String fieldLine(RegisterField field) {
        String bits = field.width() == 1
                ? Integer.toString(field.low())
                : (field.low() + field.width() - 1) + ":" + field.low();
        return "| %s | %s | %s |\n".formatted(bits, field.name(), field.meaning());
    }
}
