package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.access.Origin;
import dev.linkspan.identity.ConsoleSession;
import dev.linkspan.identity.OidcSignIn;
import dev.linkspan.identity.SignIn;
import dev.linkspan.member.ClusterStart;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Ports;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * What every request to the console passes: the one-time sign-in link, the session cookie and who is behind it, sign-out,
 * and the refusal of everything that is neither API nor console. The console isn't served through the Unix socket.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ConsoleDoor extends HttpFilter {
    /** Request attribute: the {@link Caller} that is signed in; absent when nobody is. */
    public static final String CALLER = "dev.linkspan.caller";

    /** Request attribute: the {@link ConsoleSession} behind the cookie; absent when nobody is signed in. */
    public static final String SESSION = "dev.linkspan.console-session";

    /** Request attribute: the {@link Origin} of the connection, with the certificate that the browser presented. */
    public static final String ORIGIN = "dev.linkspan.origin";

    private static final String CONSOLE = "/ui/";
    private static final String SIGN_IN = "/ui/sign-in";
    private static final String SIGN_OUT = "/ui/sign-out";
    private static final String DOCUMENTATION = "/documentation";
    private static final String ENDED = "ended";
    private static final String OUT = "out";

    /** A page that was open may be loaded again more than once: for so long it is said why one was signed out. */
    private static final Duration SAID_FOR = Duration.ofSeconds(10);

    private static final String PROVIDER = "/oidc/";
    private static final String PROVIDER_BEGIN = PROVIDER + "login";
    private static final String PROVIDER_BACK = PROVIDER + "callback";
    private static final String PROVIDER_OUT = PROVIDER + "logout";
    private static final Pattern HOST = Pattern.compile("[\\w.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+](:\\d{1,5})?");
    private static final Pattern PAGE = Pattern.compile("[\\w-]+(/[\\w-]+)*(\\?[\\w.~%=&-]*)?");
    private static final String POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' wss:; "
            + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    private final transient SignIn signIn;
    private final transient OidcSignIn provider;
    private final String cookieName;
    private final String memoryName;

    ConsoleDoor(SignIn signIn, OidcSignIn provider, ClusterStart cluster) {
        this.signIn = signIn;
        this.provider = provider;
        // The prefixes keep other hosts of the same domain from planting a session of theirs.
        this.cookieName = "__Host-linkspan_session_" + cluster.uuid();
        this.memoryName = "__Secure-linkspan_oidc_" + cluster.uuid();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        if (request.getMethod().equals("OPTIONS")) {
            return;
        }
        if (path.equals("/1.0") || path.startsWith("/1.0/")) {
            chain.doFilter(request, response);
        } else if (path.equals("/")) {
            root(request, response, chain);
        } else if (Ports.throughSocket(request)
                || !consolePath(path)
                || request.getMethod().equals("TRACE")) {
            ApiServlet.writeProblem(response, Problem.NOT_FOUND.with());
        } else {
            console(request, response, chain, path);
        }
    }

    private static boolean consolePath(String path) {
        return path.equals("/ui")
                || path.startsWith(CONSOLE)
                || path.startsWith(PROVIDER)
                || path.startsWith("/themes/")
                || path.startsWith("/components/")
                || path.startsWith("/VAADIN/")
                || path.equals(DOCUMENTATION)
                || path.startsWith(Documentation.PATH);
    }

    private static void root(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String agent = request.getHeader("User-Agent");
        if (agent != null && agent.startsWith("Mozilla") && !Ports.throughSocket(request)) {
            response.sendRedirect(CONSOLE);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void console(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String path)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (KeptByBrowsers.file(path)
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))) {
            chain.doFilter(request, new KeptByBrowsers(request, response));
            return;
        }
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", POLICY);
        String token = path.equals(SIGN_IN) ? request.getParameter("token") : null;
        boolean safe = request.getHeader("Upgrade") == null
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
        if (!safe && CrossSite.suspected(request)) {
            ApiServlet.writeProblem(response, Problem.CROSS_SITE.with());
        } else if (path.equals("/ui")) {
            response.sendRedirect(CONSOLE);
        } else if (path.equals(DOCUMENTATION)) {
            response.sendRedirect(Documentation.PATH);
        } else if (token != null && request.getMethod().equals("GET")) {
            openLink(request, response, token);
        } else if (path.equals(SIGN_IN) && request.getMethod().equals("POST")) {
            signIn(request, response, () -> redeemed(request, byForm(request)));
        } else if (path.startsWith(PROVIDER)) {
            atProvider(request, response, path);
        } else if (path.equals(SIGN_OUT)) {
            signOut(request, response, request.getMethod().equals("POST"));
        } else if (path.startsWith(CONSOLE) && !path.startsWith("/ui/VAADIN/")) {
            response.setHeader("Cache-Control", "no-cache");
            identify(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void openLink(HttpServletRequest request, HttpServletResponse response, String token) throws IOException {
        try {
            Origin origin = ApiServlet.origin(request).withoutCertificate();
            String name = cookie(request, cookieName)
                    .flatMap(signIn::session)
                    .flatMap(session -> signIn.caller(session, origin))
                    .map(Caller::displayName)
                    .orElse("");
            SignInLinkPage.write(response, token, wantedPage(request), name);
        } catch (RuntimeException e) {
            sentence(response, Problems.of(e));
        }
    }

    private void identify(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            Origin origin = ApiServlet.origin(request);
            Optional<String> cookie = cookie(request, cookieName);
            Optional<ConsoleSession> session = cookie.flatMap(signIn::session);
            Optional<Caller> caller = session.flatMap(found -> signIn.caller(found, origin.withoutCertificate()));
            request.setAttribute(ORIGIN, origin);
            if (cookie.isPresent() && caller.isEmpty() && opensPage(request)) {
                String why = cookie.get().equals(OUT) ? OUT : ENDED;
                setCookie(response, cookieName, "/", why, Instant.now().plus(SAID_FOR));
                seeOther(response, refusal(why, page(request)));
                return;
            }
            if (caller.isPresent() && request.getRequestURI().equals(SIGN_IN) && readsPages(request)) {
                seeOther(response, CONSOLE + wantedPage(request));
                return;
            }
            caller.ifPresent(found -> {
                request.setAttribute(CALLER, found);
                request.setAttribute(SESSION, session.get());
            });
        } catch (RuntimeException e) {
            ApiServlet.writeProblem(response, Problems.of(e));
            return;
        }
        chain.doFilter(request, response);
    }

    /** Sign-in at the identity provider. Without a provider there is nothing here. */
    private void atProvider(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        boolean get = request.getMethod().equals("GET");
        if (!provider.configured() || !get) {
            ApiServlet.writeProblem(response, Problem.NOT_FOUND.with());
        } else if (path.equals(PROVIDER_BEGIN)) {
            toProvider(request, response);
        } else if (path.equals(PROVIDER_BACK)) {
            String memory = cookie(request, memoryName).orElse(null);
            setCookie(response, memoryName, PROVIDER, "", Instant.EPOCH);
            signIn(
                    request,
                    response,
                    () -> provider.finish(
                            callback(request), request.getQueryString(), memory, ApiServlet.origin(request)));
        } else if (path.equals(PROVIDER_OUT)) {
            signOut(request, response, !CrossSite.suspected(request));
        } else {
            ApiServlet.writeProblem(response, Problem.NOT_FOUND.with());
        }
    }

    private void toProvider(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            String wanted = wantedPage(request);
            Optional<OidcSignIn.Begun> begun = provider.begin(callback(request), wanted);
            begun.ifPresent(found -> setCookie(
                    response,
                    memoryName,
                    PROVIDER,
                    found.memory(),
                    Instant.now().plus(OidcSignIn.PATIENCE)));
            seeOther(response, begun.map(OidcSignIn.Begun::location).orElseGet(() -> refusal("oidc-provider", wanted)));
        } catch (RuntimeException e) {
            sentence(response, Problems.of(e));
        }
    }

    /** Where the provider sends this browser back to: the server under the name by which the browser knows it. */
    private static URI callback(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host == null || !HOST.matcher(host).matches()) {
            throw new ProblemException(400, "The Host header names no host");
        }
        return URI.create("https://" + host + PROVIDER_BACK);
    }

    private Optional<String> cookie(HttpServletRequest request, String name) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(name)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** A form: an opened link, a pasted link or bearer token, or the wish to use the browser's certificate. */
    private SignIn.Redeemed byForm(HttpServletRequest request) {
        Origin origin = ApiServlet.origin(request);
        String token = request.getParameter("token");
        if (token != null && request.getParameter("opened") != null) {
            return signIn.open(token, origin);
        }
        return token == null ? signIn.byCertificate(origin) : signIn.redeem(token, origin);
    }

    private static OidcSignIn.Finished redeemed(HttpServletRequest request, SignIn.Redeemed redeemed) {
        return new OidcSignIn.Finished(redeemed, wantedPage(request));
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, Supplier<OidcSignIn.Finished> attempt)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            OidcSignIn.Finished finished = attempt.get();
            switch (finished.redeemed()) {
                case SignIn.Redeemed.Begun begun -> {
                    endPages(request);
                    cookie(request, cookieName).ifPresent(signIn::signOut);
                    setCookie(response, cookieName, "/", begun.secret(), begun.expiresAt());
                    seeOther(response, CONSOLE + finished.wanted());
                }
                case SignIn.Redeemed.Refused refused ->
                    seeOther(response, refusal(refused.reason(), finished.wanted()));
            }
        } catch (RuntimeException e) {
            ProblemException problem = Problems.of(e);
            if (problem.is(Problem.TOO_MANY_SIGN_INS) && readsPages(request)) {
                seeOther(response, refusal("too-many", wantedPage(request)));
            } else {
                sentence(response, problem);
            }
        }
    }

    private static boolean readsPages(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static boolean opensPage(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getHeader("Upgrade") == null
                && !request.getRequestURI().equals(SIGN_IN)
                && readsPages(request);
    }

    private static String refusal(String reason, String wanted) {
        return SIGN_IN + "?error=" + reason
                + (wanted.isEmpty() ? "" : "&continue=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
    }

    /** The page that a request is for. */
    private static String page(HttpServletRequest request) {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        String page = path.substring(CONSOLE.length()) + (query == null ? "" : "?" + query);
        return PAGE.matcher(page).matches() ? page : "";
    }

    /** The page of the console that one wanted before one had to sign in; nothing else is a page to go to. */
    private static String wantedPage(HttpServletRequest request) {
        String wanted = request.getParameter("continue");
        return wanted != null && PAGE.matcher(wanted).matches() ? wanted : "";
    }

    /** Problems of signing in are read by people. */
    private static void sentence(HttpServletResponse response, ProblemException problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(problem.getMessage() + ".");
    }

    private static void seeOther(HttpServletResponse response, String location) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", location);
    }

    private void signOut(HttpServletRequest request, HttpServletResponse response, boolean wanted) throws IOException {
        if (wanted) {
            cookie(request, cookieName).ifPresent(signIn::signOut);
            setCookie(response, cookieName, "/", OUT, Instant.now().plus(SAID_FOR));
            endPages(request);
        }
        seeOther(response, SIGN_IN);
    }

    /** Pages that were opened by whoever was signed in before must not live on under another name. */
    private static void endPages(HttpServletRequest request) {
        HttpSession pages = request.getSession(false);
        if (pages != null) {
            pages.invalidate();
        }
    }

    private static void setCookie(HttpServletResponse response, String name, String path, String value, Instant end) {
        Duration life = Duration.between(Instant.now(), end);
        response.addHeader(
                "Set-Cookie",
                ResponseCookie.from(name, value)
                        .path(path)
                        .secure(true)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .maxAge(life.isNegative() ? Duration.ZERO : life)
                        .build()
                        .toString());
    }
}
