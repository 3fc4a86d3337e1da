package org.xenomips.devices;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of dependencies inside the devices module. */
@AnalyzeClasses(packages = "org.xenomips.devices", importOptions = ImportOption.DoNotIncludeTests.class)
class DeviceLayersTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("org.xenomips.devices.(**)")
            .should()
            .beFreeOfCycles();

    /** Only boards know addresses and slots. */
    @ArchTest
    static final ArchRule nothingSeesTheBoards = noClasses().that()
            .resideOutsideOfPackage("org.xenomips.devices.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.xenomips.devices.platform..");

    @ArchTest
    static final ArchRule chipsSeeNoCards = noClasses().that()
            .resideInAnyPackage("org.xenomips.devices.chipset..", "org.xenomips.devices.fpga..",
                    "org.xenomips.devices.serial..", "org.xenomips.devices.storage..", "org.xenomips.devices.nic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xenomips.devices.adapter..", "org.xenomips.devices.netio..",
                    "org.xenomips.devices.console..", "org.xenomips.devices.linux..");

    /** A host port hands frames over; it never touches guest memory or chips. */
    @ArchTest
    static final ArchRule hostPortsSeeNoGuest = noClasses().that()
            .resideInAPackage("org.xenomips.devices.netio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xenomips.memory..", "org.xenomips.cpu..", "org.xenomips.pci..",
                    "org.xenomips.device..", "org.xenomips.devices.nic..", "org.xenomips.devices.adapter..");

    @ArchTest
    static final ArchRule nativeCodeOnlyAtTheHostSide = noClasses().that()
            .resideOutsideOfPackages("org.xenomips.devices.netio..", "org.xenomips.devices.console..",
                    "org.xenomips.devices.linux..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.foreign..", "io.netty..");

    @ArchTest
    static final ArchRule nativeFunctionsAreBoundInOnePlace = noClasses().should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.Linker");

    @ArchTest
    static final ArchRule translatorIsUnknown = noClasses().should()
            .dependOnClassesThat()
            .resideInAPackage("org.xenomips.jit..");
}
