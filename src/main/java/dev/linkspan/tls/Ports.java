package dev.linkspan.tls;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.DataDirectory;
import dev.linkspan.store.StartupProblem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The two doors: the Unix socket in the data directory, open from start to stop, and the HTTPS port, which is bound when
 * everything else is up and moves when {@code core.https_address} changes.
 */
@Component
public class Ports implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String THROUGH_SOCKET = "dev.linkspan.through-socket";

    private static final int LONGEST_SOCKET_PATH = 107;
    private static final int MAX_CONNECTIONS = 8192;
    /** A console's request holds one until its body is there; the API's don't. */
    private static final int THREADS = 600;

    private static final int PATIENCE_MILLIS = 10_000;

    private final DataDirectory data;
    private final ClusterCertificate certificate;
    private final ApplicationContext context;
    private Connector unixSocket;
    private Connector https;
    private String address = "";

    Ports(DataDirectory data, ClusterCertificate certificate, ApplicationContext context) {
        this.data = data;
        this.certificate = certificate;
        this.context = context;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Path socket = data.socket();
        int length = socket.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET_PATH) {
            throw new StartupProblem(
                    "The path of the Unix socket, %s, has %d bytes; at most %d are possible. Choose a data directory with a shorter path by --data"
                            .formatted(socket, length, LONGEST_SOCKET_PATH));
        }
        removeStale(socket);
        factory.setPort(0);
        factory.addEngineValves(new ConnectorValve());
        factory.addConnectorCustomizers(connector -> {
            unixSocket = connector;
            var protocol = (Http11NioProtocol) connector.getProtocolHandler();
            protocol.setProperty("unixDomainSocketPath", socket.toString());
            protocol.setProperty("unixDomainSocketPathPermissions", "rw-------");
            settings(connector, protocol);
        });
    }

    private static void removeStale(Path socket) {
        if (!Files.exists(socket)) {
            return;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            throw new StartupProblem("Another server answers on " + socket + ". Stop it first");
        } catch (ConnectException e) {
            delete(socket);
        } catch (IOException e) {
            delete(socket);
        }
    }

    private static void delete(Path socket) {
        try {
            Files.delete(socket);
        } catch (IOException e) {
            throw new StartupProblem("Cannot remove the socket of an earlier start, " + socket + ": " + e.getMessage());
        }
    }

    private static void settings(Connector connector, AbstractHttp11Protocol<?> protocol) {
        connector.setAllowTrace(true);
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        protocol.setMaxKeepAliveRequests(-1);
        protocol.setConnectionTimeout(PATIENCE_MILLIS);
        protocol.setKeepAliveTimeout(3 * PATIENCE_MILLIS);
        protocol.setMaxThreads(THREADS);
        protocol.setMaxConnections(MAX_CONNECTIONS);
        protocol.setServerRemoveAppProvidedValues(true);
        protocol.setRelaxedQueryChars("\"<>[\\]^`{|}");
    }

    /** Whether a request came through the Unix socket. It is known by its connector, never by an address. */
    public static boolean throughSocket(HttpServletRequest request) {
        return request.getAttribute(THROUGH_SOCKET) != null;
    }

    /** Marks the requests that arrive at the socket's connector. */
    private final class ConnectorValve extends ValveBase {
        ConnectorValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getConnector() == unixSocket) {
                request.setAttribute(THROUGH_SOCKET, Boolean.TRUE);
            }
            getNext().invoke(request, response);
        }
    }

    /**
     * Listens on {@code listen} instead of the address so far. When that fails, the old address is listened on again.
     *
     * @param listen canonical {@code host:port}, or empty to listen on no network address
     * @throws ProblemException 400 with the reason
     */
    public synchronized void listen(String listen) {
        if (listen.equals(address)) {
            return;
        }
        String before = address;
        stopAccepting();
        try {
            open(listen);
        } catch (LifecycleException | RuntimeException e) {
            reopen(before);
            throw new ProblemException(400, "Cannot listen on https address \"%s\": %s".formatted(listen, reason(e)));
        }
    }

    /** Takes no new connections any more. */
    public synchronized void close() {
        stopAccepting();
        if (unixSocket != null) {
            unixSocket.getProtocolHandler().closeServerSocketGraceful();
        }
    }

    private void reopen(String before) {
        try {
            open(before);
        } catch (LifecycleException e) {
            throw new IllegalStateException("Cannot listen on " + before + " again", e);
        }
    }

    private static String reason(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private void open(String listen) throws LifecycleException {
        if (listen.isEmpty()) {
            return;
        }
        Connector connector = new Connector(Http11NioProtocol.class.getName());
        connector.setThrowOnFailure(true);
        connector.setPort(Addresses.port(listen));
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setXpoweredBy(false);
        var protocol = (Http11NioProtocol) connector.getProtocolHandler();
        if (!Addresses.wildcard(listen) || Addresses.host(listen).equals("0.0.0.0")) {
            connector.setProperty("address", Addresses.host(listen));
        }
        settings(connector, protocol);
        // Only a socket that is bound on start can be closed while requests are still answered.
        connector.setProperty("bindOnInit", "false");
        compress(protocol);
        protocol.setSSLEnabled(true);
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        host.setCertificateVerification("optional");
        var ours = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        var trust = new AnyCertificate();
        ours.setSslContext(SSLUtil.createSSLContext(certificate.context(trust), certificate.keys(), trust));
        host.addCertificate(ours);
        connector.addSslHostConfig(host);
        Service service = service();
        try {
            service.addConnector(connector);
            if (connector.getState() == LifecycleState.FAILED) {
                throw new LifecycleException("Cannot listen on " + listen);
            }
        } catch (IllegalArgumentException | LifecycleException e) {
            service.removeConnector(connector);
            throw e;
        }
        https = connector;
        address = listen;
    }

    /**
     * What isn't compressed in advance, of the console only: answers of the API are small, and their bytes are a contract. The
     * console's JSON names its charset, that of the API doesn't.
     */
    private static void compress(AbstractHttp11Protocol<?> protocol) {
        protocol.setCompression("on");
        protocol.setCompressibleMimeType(
                "text/html,text/css,text/javascript,image/svg+xml,application/json;charset=UTF-8");
    }

    /** Accepts no new connections; requests under way, perhaps the one that moves the port, are still answered. */
    private void stopAccepting() {
        if (https != null) {
            Connector closing = https;
            https = null;
            address = "";
            closing.getProtocolHandler().closeServerSocketGraceful();
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    Thread.sleep(PATIENCE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                service().removeConnector(closing);
            });
        }
    }

    private Service service() {
        var server = (TomcatWebServer) ((WebServerApplicationContext) context).getWebServer();
        return server.getTomcat().getService();
    }
}
