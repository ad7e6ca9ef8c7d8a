package dev.linkspan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executors;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Service;

/** The floors of the house: dependencies go downward only, and there are no circles. */
@AnalyzeClasses(packages = "dev.linkspan", importOptions = DoNotIncludeTests.class)
class HouseTest {
    @ArchTest
    static final ArchRule DEPENDENCIES_GO_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("start")
            .definedBy("dev.linkspan")
            .layer("ui")
            .definedBy("dev.linkspan.ui..")
            .layer("rest")
            .definedBy("dev.linkspan.rest..")
            .layer("link")
            .definedBy("dev.linkspan.link..")
            .layer("identity")
            .definedBy("dev.linkspan.identity..")
            .layer("group")
            .definedBy("dev.linkspan.group..")
            .layer("inventory")
            .definedBy("dev.linkspan.inventory..")
            .layer("operation")
            .definedBy("dev.linkspan.operation..")
            .layer("member")
            .definedBy("dev.linkspan.member..")
            .layer("event")
            .definedBy("dev.linkspan.event..")
            .layer("access")
            .definedBy("dev.linkspan.access..")
            .layer("peer")
            .definedBy("dev.linkspan.peer..")
            .layer("tls")
            .definedBy("dev.linkspan.tls..")
            .layer("store")
            .definedBy("dev.linkspan.store..")
            .layer("problem")
            .definedBy("dev.linkspan.problem..")
            .whereLayer("start")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ui")
            .mayOnlyBeAccessedByLayers("start")
            .whereLayer("rest")
            .mayOnlyBeAccessedByLayers("start")
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("start", "ui", "rest")
            .whereLayer("identity")
            .mayOnlyBeAccessedByLayers("start", "ui", "rest", "link")
            .whereLayer("group")
            .mayOnlyBeAccessedByLayers("start", "ui", "rest", "link", "identity")
            .whereLayer("inventory")
            .mayOnlyBeAccessedByLayers("start", "ui", "rest", "link", "identity", "group")
            .whereLayer("operation")
            .mayOnlyBeAccessedByLayers("start", "ui", "rest", "link", "identity", "group", "inventory")
            .whereLayer("member")
            .mayOnlyBeAccessedByLayers("start", "ui", "rest", "link", "identity", "group", "inventory", "operation")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers(
                    "start", "ui", "rest", "link", "identity", "group", "inventory", "operation", "member")
            .whereLayer("peer")
            .mayOnlyBeAccessedByLayers("link", "identity", "member");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.linkspan.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TOP_FLOOR_KEEPS_OFF_SQL_AND_TLS = noClasses()
            .that()
            .resideInAnyPackage("dev.linkspan.ui..", "dev.linkspan.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "org.springframework.data..", "javax.net.ssl..");

    @ArchTest
    static final ArchRule REPOSITORIES_STAY_IN_THEIR_ROOM =
            classes().that().areAssignableTo(Repository.class).should().notBePublic();

    /** On two cores two of them that read a file or load a class are enough to stop all others. */
    @ArchTest
    static final ArchRule NO_VIRTUAL_THREADS = noClasses()
            .should()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callMethod(Thread.class, "startVirtualThread", Runnable.class)
            .orShould()
            .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor");

    @ArchTest
    static final ArchRule SERVICES_ARE_THE_DOORS =
            classes().that().areAnnotatedWith(Service.class).should().bePublic();
}
