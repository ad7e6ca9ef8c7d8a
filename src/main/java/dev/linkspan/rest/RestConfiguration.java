package dev.linkspan.rest;

import dev.linkspan.access.Callers;
import dev.linkspan.event.SecurityWatch;
import dev.linkspan.identity.LastCalls;
import dev.linkspan.identity.OidcSignIn;
import dev.linkspan.member.ClusterStart;
import jakarta.servlet.SessionCookieConfig;
import java.util.List;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RestConfiguration {
    @Bean
    ServletRegistrationBean<ApiServlet> api(
            List<Resource> resources, Callers callers, LastCalls calls, OidcSignIn provider, SecurityWatch watch) {
        var registration =
                new ServletRegistrationBean<>(new ApiServlet(resources, callers, calls, provider, watch), "/1.0/*", "");
        registration.setName("api");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    ServletRegistrationBean<Documentation> documentation() {
        var registration = new ServletRegistrationBean<>(new Documentation(), Documentation.PATH + "*");
        registration.setName("documentation");
        return registration;
    }

    /** The servlet session of the console's pages: cookies don't tell ports apart, so its name tells clusters apart. */
    @Bean
    ServletContextInitializer sessionCookie(ClusterStart cluster) {
        return context -> {
            SessionCookieConfig cookie = context.getSessionCookieConfig();
            cookie.setName("linkspan_pages_" + cluster.uuid());
            cookie.setHttpOnly(true);
            cookie.setSecure(true);
            cookie.setPath("/");
            cookie.setAttribute("SameSite", "Lax");
        };
    }
}
