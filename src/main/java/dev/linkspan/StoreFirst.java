package dev.linkspan;

import dev.linkspan.member.ClusterStart;
import dev.linkspan.store.Vault;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * Has the store ready, and this member's place in it, before the web server is made, whose own start would wrap and log
 * every problem of theirs.
 */
@Component
final class StoreFirst implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    StoreFirst(Vault vault, DataSource database, FlywayMigrationInitializer migrations, ClusterStart cluster) {}

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {}
}
