package org.xenomips.devices.netio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Host ports know frames and the host, nothing of the machine. */
@AnalyzeClasses(packages = { "org.xenomips.devices.netio",
        "org.xenomips.devices.linux" }, importOptions = ImportOption.DoNotIncludeTests.class)
class NetioLayersTest {
    @ArchTest
    static final ArchRule portsSeeNoMachine = noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xenomips.memory..", "org.xenomips.cpu..", "org.xenomips.machine..",
                    "org.xenomips.devices.nic..");

    @ArchTest
    static final ArchRule bindingsSeeNoPorts = noClasses().that()
            .resideInAPackage("org.xenomips.devices.linux")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xenomips.net..", "org.xenomips.devices.netio", "org.xenomips.devices.console");
}
