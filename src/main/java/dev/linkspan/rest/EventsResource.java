package dev.linkspan.rest;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.inventory.ProjectService;
import dev.linkspan.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** {@code /1.0/events}: what happens, as it happens (auth.md 1.9). Everything is checked before the upgrade. */
@Component
class EventsResource implements Resource {
    private static final String EVENTS = "/1.0/events";
    private static final String CONTAINER = ServerContainer.class.getName();
    private static final Set<String> TYPES = Set.of("logging", "operation", "lifecycle", "ovn", "security");
    private static final Set<String> FOR_SERVER_VIEWERS = Set.of("logging", "ovn", "security");

    private final ProjectService projects;
    private final EventRights rights;
    private final LiveFeed feed;
    private final Access access;

    EventsResource(ProjectService projects, EventRights rights, LiveFeed feed, Access access) {
        this.projects = projects;
        this.rights = rights;
        this.feed = feed;
        this.access = access;
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", EVENTS, this::listen);
    }

    private Answer listen(ApiRequest request) {
        Caller caller = request.caller();
        boolean everywhere = request.allProjects();
        if (!everywhere) {
            projects.get(caller, request.project());
        }
        Set<String> types = types(request.query().get("type"));
        if (types.stream().anyMatch(FOR_SERVER_VIEWERS::contains)) {
            access.require(caller, "can_view_events");
        }
        var socket = new EventSocket(request.credentials(), everywhere ? null : request.project(), types, rights, feed);
        return Answer.direct((servlet, response) -> upgrade(servlet, response, socket));
    }

    private static Set<String> types(String list) {
        Set<String> types = new TreeSet<>();
        for (String type : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            if (!TYPES.contains(type)) {
                throw Problem.EVENT_TYPE.with(type);
            }
            types.add(type);
        }
        return types;
    }

    private static void upgrade(HttpServletRequest request, HttpServletResponse response, EventSocket socket)
            throws IOException {
        String upgrade = request.getHeader("Upgrade");
        if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
            throw Problem.NO_WEBSOCKET_REQUEST.with();
        }
        if (CrossSite.suspected(request)) {
            throw Problem.CROSS_SITE.with();
        }
        var configuration = ServerEndpointConfig.Builder.create(EventSocket.class, EVENTS)
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(socket);
                    }
                })
                .build();
        var container = (ServerContainer) request.getServletContext().getAttribute(CONTAINER);
        socket.listen();
        try {
            container.upgradeHttpToWebSocket(request, response, configuration, Map.of());
        } catch (DeploymentException e) {
            socket.giveUp();
            throw new IOException(e);
        } catch (IOException | RuntimeException e) {
            socket.giveUp();
            throw e;
        }
    }
}
