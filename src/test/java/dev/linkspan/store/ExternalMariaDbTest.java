package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalMariaDbTest {

    @Test
    void connectWhenItIsDownThenSaysSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(refusal(url(port)))
                .isEqualTo("The database at 127.0.0.1:" + port + " is down or unreachable: connection refused.");
    }

    @Test
    void connectWhenTheHostIsUnknownThenSaysSo() {
        assertThat(refusal("jdbc:mariadb://no-such-host.invalid/linkspan"))
                .isEqualTo("The database's host no-such-host.invalid is unknown.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5.5-10.5.27-MariaDB-log", "5.5.68-MariaDB", "10.5.0-MariaDB"})
    void connectWhenItIsTooOldThenNamesTheLeastVersion(String version) throws IOException {
        assertThat(refusalBy(greeting(version)))
                .contains("is too old (it says " + version.replaceFirst("^5\\.5\\.5-", "") + ")")
                .endsWith("Linkspan needs MariaDB 10.6 or newer.");
    }

    @Test
    void connectWhenItIsMySqlThenIsRefused() throws IOException {
        assertThat(refusalBy(greeting("8.4.3"))).contains("is not MariaDB (it says 8.4.3)");
    }

    @Test
    void connectWhenItIsSomethingElseThenIsRefused() throws IOException {
        assertThat(refusalBy("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("is not a MariaDB server");
        assertThat(refusalBy(new byte[0])).contains("is not a MariaDB server");
    }

    @Test
    void connectWhenItSendsAnErrorThenRepeatsIt() throws IOException {
        var packet = new ByteArrayOutputStream();
        packet.write(0xff);
        packet.write(new byte[] {0x10, 0x04});
        packet.writeBytes("Too many connections".getBytes(StandardCharsets.US_ASCII));
        assertThat(refusalBy(framed(packet.toByteArray()))).endsWith("refuses us: Too many connections.");
    }

    @ParameterizedTest
    @CsvSource({
        "11.4.5-MariaDB, true",
        "10.6.0-MariaDB, true",
        "10.11.6-MariaDB-0+deb12u1, true",
        "10.5.99-MariaDB, false",
        "9.9.9-MariaDB, false",
        "MariaDB, false"
    })
    void versionsAreCompared(String version, boolean enough) {
        assertThat(new MariaDbGreeting(version, null).isAtLeast(10, 6)).isEqualTo(enough);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example.org",
                "jdbc:mysql://db/linkspan",
                "jdbc:mariadb://db:3306/",
                "jdbc:mariadb://db",
                "jdbc:mariadb:db",
                "jdbc:mariadb://db:port/linkspan"
            })
    void connectWhenTheUrlIsMalformedThenNamesTheSetting(String url) {
        assertThat(refusal(url))
                .startsWith("linkspan.database.url (LINKSPAN_DATABASE_URL) is \"" + url + "\", but must look like");
    }

    @Test
    void connectWhenTheUrlIsMalformedThenKeepsItsPasswordToItself() {
        assertThat(refusal("jdbc:mariadb://db/?password=secret")).doesNotContain("secret");
    }

    private static String refusalBy(byte[] firstBytes) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket caller = server.accept()) {
                    caller.getOutputStream().write(firstBytes);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            return refusal(url(server.getLocalPort()));
        }
    }

    private static byte[] greeting(String version) {
        var packet = new ByteArrayOutputStream();
        packet.write(10);
        packet.writeBytes(version.getBytes(StandardCharsets.US_ASCII));
        packet.writeBytes(new byte[40]);
        return framed(packet.toByteArray());
    }

    private static byte[] framed(byte[] packet) {
        var framed = new ByteArrayOutputStream();
        framed.writeBytes(new byte[] {(byte) packet.length, 0, 0, 0});
        framed.writeBytes(packet);
        return framed.toByteArray();
    }

    private static String url(int port) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/linkspan";
    }

    private static String refusal(String url) {
        var settings = new LinkspanProperties.Database(url, "linkspan", "secret");
        return assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(() -> ExternalMariaDb.connect(settings))
                .actual()
                .getMessage();
    }
}
