package dev.linkspan;

import dev.linkspan.store.Vault;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/** Has the store ready before the web server is made, whose own start would wrap and log every problem of the store. */
@Component
final class StoreFirst implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    StoreFirst(Vault vault, DataSource database, FlywayMigrationInitializer migrations) {}

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {}
}
