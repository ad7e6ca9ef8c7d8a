package dev.linkspan.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.mariadb.jdbc.Driver;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Brings up the database before anything that uses it, and takes it down after. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinkspanProperties.class)
class StoreConfiguration {
    /** Short, so that a lost database answers 503 at once instead of making callers wait. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofMillis(2_500);

    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final int CONNECTIONS = 10;
    private static final int IDLE_CONNECTIONS = 2;

    @Bean
    static BeanFactoryPostProcessor settingNames(ConfigurableEnvironment environment) {
        return factory -> SettingNames.refuseUnknown(environment);
    }

    @Bean
    DataDirectory dataDirectory(LinkspanProperties properties) {
        return DataDirectory.open(properties.data());
    }

    @Bean
    Vault vault(LinkspanProperties properties, DataDirectory directory) {
        return Vault.open(properties.key(), directory);
    }

    @Bean
    Database database(LinkspanProperties properties, DataDirectory directory) {
        return properties.database().url() == null
                ? EmbeddedMariaDb.start(directory)
                : ExternalMariaDb.connect(properties.database());
    }

    @Bean
    HikariDataSource dataSource(Database database) {
        var config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(connectionProperties(database));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(IDLE_CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    /** Migrations may take longer than any request should wait. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(Database database) {
        return new SimpleDriverDataSource(new Driver(), database.url(), connectionProperties(database));
    }

    private static Properties connectionProperties(Database database) {
        var properties = database.properties();
        properties.setProperty("connectionTimeZone", "UTC");
        properties.setProperty("forceConnectionTimeZoneToSession", "true");
        return properties;
    }
}
