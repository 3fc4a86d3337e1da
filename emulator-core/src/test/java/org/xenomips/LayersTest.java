package org.xenomips;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of dependencies inside the core: each package sees only those below it. */
@AnalyzeClasses(packages = "org.xenomips", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("org.xenomips.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule netSeesNoMemory = noClasses().that()
            .resideInAPackage("org.xenomips.net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xenomips.memory..", "org.xenomips.cpu..", "org.xenomips.machine..");

    @ArchTest
    static final ArchRule layers = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("cli")
            .definedBy("org.xenomips.cli..")
            .layer("control")
            .definedBy("org.xenomips.control..")
            .layer("machine")
            .definedBy("org.xenomips.machine..")
            .layer("image")
            .definedBy("org.xenomips.image..")
            .layer("exec")
            .definedBy("org.xenomips.exec..", "org.xenomips.cpu.interpreter..")
            .layer("cpu")
            .definedBy("org.xenomips.cpu")
            .layer("memory")
            .definedBy("org.xenomips.memory..")
            .layer("isa")
            .definedBy("org.xenomips.isa..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("control")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("machine")
            .mayOnlyBeAccessedByLayers("cli", "control")
            .whereLayer("image")
            .mayOnlyBeAccessedByLayers("cli", "control", "machine");

    @ArchTest
    static final ArchRule commands = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("main")
            .definedBy("org.xenomips.cli")
            .layer("demo")
            .definedBy("org.xenomips.cli.demo")
            .layer("router")
            .definedBy("org.xenomips.cli.router")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("demo")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("router")
            .mayOnlyBeAccessedByLayers("main", "demo");

    @ArchTest
    static final ArchRule picocliOnlyInCli = noClasses().that()
            .resideOutsideOfPackage("org.xenomips.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule rawMemoryOnlyInHostMemory = noClasses().that()
            .doNotHaveFullyQualifiedName("org.xenomips.memory.HostMemory")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.internal..");

    @ArchTest
    static final ArchRule nativeFunctionsAreBoundInOnePlace = noClasses().that()
            .resideOutsideOfPackage("org.xenomips.foreign")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.Linker");
}
