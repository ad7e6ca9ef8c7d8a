package dev.linkspan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.linkspan.access.Caller;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.TestCallers;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.FreePort;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Service;

/** Every public method of every service checks its caller; those that are open by protocol are listed here. */
@ResourceLock("server in this process")
class ServiceDoorsIT {
    private static final Set<String> OPEN = Set.of(
            "CertificateService.redeem",
            "IdentityService.activate",
            "LinkService.activate",
            "OidcSignIn.begin",
            "OidcSignIn.challenge",
            "OidcSignIn.configured",
            "OidcSignIn.finish",
            "OidcSignIn.offered",
            "MemberStates.here",
            "OperationService.await",
            "OperationService.withSecret",
            "RotationService.published",
            "ServerService.configuration",
            "ServerService.name",
            "ServerService.tokenExpiry",
            "SignIn.byCertificate",
            "SignIn.caller",
            "SignIn.certificate",
            "SignIn.good",
            "SignIn.open",
            "SignIn.redeem",
            "SignIn.session",
            "SignIn.signOut");

    /** What every authenticated caller may ask; lists come filtered to nothing. */
    private static final Set<String> FOR_ANYBODY_TRUSTED = Set.of(
            "Administrators.anyAmong",
            "Administrators.callerWouldGo",
            "Administrators.lastWouldGo",
            "EffectiveAccess.refused",
            "EventService.count",
            "EventService.latest",
            "EventService.newer",
            "EventService.page",
            "EventService.seesAll",
            "BackupService.ofInstances",
            "CertificateService.list",
            "ClusterService.info",
            "ContactService.current",
            "ContactService.refreshAll",
            "ContactService.refreshSoon",
            "ContactService.strips",
            "GroupService.list",
            "GroupService.summaries",
            "IdentityProviderGroupService.list",
            "IdentityService.concern",
            "IdentityService.former",
            "IdentityService.groups",
            "IdentityService.lastCalls",
            "IdentityService.list",
            "IdentityService.overview",
            "IdentityService.read",
            "GroupService.brief",
            "InstanceService.listEverywhere",
            "InstanceService.namesEverywhere",
            "LinkService.concern",
            "LinkService.list",
            "LinkService.nameNow",
            "LinkService.overview",
            "LinkService.linkTo",
            "LinkService.sees",
            "OperationService.list",
            "OperationService.seenBy",
            "PermissionService.needed",
            "ProjectService.list",
            "ProjectService.mayViewEvents",
            "ServerService.certificate",
            "ServerService.info",
            "SettingService.list",
            "SignIn.sessions");

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                Linkspan.class,
                "--linkspan.data="
                        + Path.of("target", "it", "doors-" + System.nanoTime()).toAbsolutePath(),
                "--linkspan.address=127.0.0.1:" + FreePort.next());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        context.getBeansWithAnnotation(Service.class).values().stream()
                .map(AopUtils::getTargetClass)
                .filter(type -> type.getPackageName().startsWith("dev.linkspan"))
                .forEach(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .forEach(methods::add));
        methods.sort(Comparator.comparing(ServiceDoorsIT::name));
        return methods;
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    @Test
    void servicesWhenWalkedThenExactlyTheseAreOpen() {
        Set<String> open = new TreeSet<>();
        for (Method method : methods()) {
            if (method.isAnnotationPresent(OpenByProtocol.class)) {
                open.add(name(method));
            } else {
                assertThat(method.getParameterTypes())
                        .as(name(method) + " takes the caller")
                        .startsWith(Caller.class);
            }
        }
        assertThat(methods()).hasSizeGreaterThan(20);
        assertThat(open).isEqualTo(new TreeSet<>(OPEN));
    }

    @Test
    void servicesWhenCallerIsUntrustedThenForbidden() {
        for (Method method : methods()) {
            if (!OPEN.contains(name(method))) {
                ProblemException problem = call(method, TestCallers.untrusted());
                assertThat(problem).as(name(method)).isNotNull();
                assertThat(problem.status()).as(name(method)).isEqualTo(403);
            }
        }
    }

    @Test
    void servicesWhenCallerHasNoRightsThenRefused() {
        for (Method method : methods()) {
            if (!OPEN.contains(name(method)) && !FOR_ANYBODY_TRUSTED.contains(name(method))) {
                ProblemException problem = call(method, TestCallers.withoutRights());
                assertThat(problem).as(name(method)).isNotNull();
                assertThat(problem.status()).as(name(method)).isIn(403, 404, 500);
                if (problem.status() == 500) {
                    assertThat(problem).as(name(method)).hasMessage("Server is not clustered");
                }
            }
        }
    }

    /** What the service refused with; null when it did what it was asked. */
    private static ProblemException call(Method method, Caller caller) {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> argument(type, caller))
                .toArray();
        try {
            method.invoke(context.getBean(method.getDeclaringClass()), arguments);
            return null;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return problem;
            }
            return fail(name(method) + " did something before it checked its caller", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object argument(Class<?> type, Caller caller) {
        if (type == Caller.class) {
            return caller;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == String.class ? "admins" : null;
    }
}
