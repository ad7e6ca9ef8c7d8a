package dev.linkspan.store;

import java.util.Properties;

/** A MariaDB that answers, and how to connect to it. */
sealed interface Database extends AutoCloseable permits EmbeddedMariaDb, ExternalMariaDb {

    String url();

    /** The driver's properties, user and password among them. */
    Properties properties();

    @Override
    void close();
}
