package dev.linkspan.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that can be killed: it runs the embedded database on a directory, has written one row, and waits. */
final class StoreProcess {
    static final String READY = "written";

    private StoreProcess() {}

    public static void main(String[] args) throws SQLException, InterruptedException {
        DataDirectory directory = DataDirectory.open(Path.of(args[0]));
        EmbeddedMariaDb database = EmbeddedMariaDb.start(directory);
        // Asked to end, it ends the database, too; killed, it leaves that behind.
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        try (Connection connection = DriverManager.getConnection(database.url(), database.properties());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS written (id INT PRIMARY KEY AUTO_INCREMENT)");
            statement.execute("INSERT INTO written () VALUES ()");
        }
        System.out.println(READY);
        Thread.sleep(Long.MAX_VALUE);
    }
}
