package dev.linkspan.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * A standard OpenID Connect provider, Spring Authorization Server. Who one is is said by a header. It demands PKCE. ID tokens tell who the user is, access tokens only {@code sub}.
 */
public final class IdentityProvider implements AutoCloseable {
    public static final String CONSOLE = "console";
    public static final String SECRET = "console-secret";
    public static final String CLI = "cli";
    public static final String CLI_CALLBACK = "http://127.0.0.1/cli";
    public static final String AUDIENCE = "linkspan-api";

    /** The header by which the sign-in page knows who one is. */
    public static final String USER = "X-User";

    private record Account(String email, String name, List<String> groups) {}

    private final RSAKey key;
    private final String issuer;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final AnnotationConfigServletWebServerApplicationContext context =
            new AnnotationConfigServletWebServerApplicationContext();
    private volatile Consumer<JwtClaimsSet.Builder> tampering = claims -> {};

    private IdentityProvider(String console) {
        int port = FreePort.next();
        issuer = "http://127.0.0.1:" + port;
        key = newKey("provider");
        context.registerBean(TomcatServletWebServerFactory.class, () -> new TomcatServletWebServerFactory(port));
        context.registerBean(IdentityProvider.class, () -> this);
        context.registerBean(RegisteredClientRepository.class, () -> clients(console));
        context.register(Server.class);
        context.refresh();
    }

    /** A provider that knows the console at {@code host:port}. */
    public static IdentityProvider start(String console) {
        return new IdentityProvider(console);
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegisteredClientRepository clients(String console) {
        ClientSettings settings = ClientSettings.builder()
                .requireProofKey(true)
                .requireAuthorizationConsent(false)
                .build();
        RegisteredClient confidential = RegisteredClient.withId(CONSOLE)
                .clientId(CONSOLE)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://" + console + "/oidc/callback")
                .scopes(scopes -> scopes.addAll(List.of("openid", "email", "profile")))
                .clientSettings(settings)
                .build();
        RegisteredClient open = RegisteredClient.withId(CLI)
                .clientId(CLI)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(CLI_CALLBACK)
                .scopes(scopes -> scopes.addAll(List.of("openid", "email", "profile")))
                .clientSettings(settings)
                .build();
        return new InMemoryRegisteredClientRepository(confidential, open);
    }

    public String issuer() {
        return issuer;
    }

    /** Adds a user, or changes one. */
    public IdentityProvider user(String login, String email, String name, String... groups) {
        accounts.put(login, new Account(email, name, List.of(groups)));
        return this;
    }

    /** Changes all ID tokens from now on. */
    public void tamper(Consumer<JwtClaimsSet.Builder> change) {
        tampering = change;
    }

    /** Claims of a good access token that tells who the user is. */
    public JWTClaimsSet.Builder claims(String login) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(login)
                .audience(AUDIENCE)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        told(login).forEach(claims::claim);
        return claims;
    }

    /** An access token with these claims, signed with this provider's key. */
    public String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    /** An access token with these claims, signed with another key that claims to be this provider's. */
    public String forge(JWTClaimsSet claims) {
        return sign(claims, newKey(key.getKeyID()));
    }

    private static String sign(JWTClaimsSet claims, RSAKey with) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(with.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private Map<String, Object> told(String login) {
        Account account = accounts.get(login);
        return Map.of("email", account.email(), "name", account.name(), "groups", account.groups());
    }

    /** Without @Configuration, by which servers that run in this process would find it. */
    @EnableWebSecurity
    static class Server {
        @Bean
        DispatcherServlet dispatcherServlet() {
            return new DispatcherServlet();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, IdentityProvider provider) throws Exception {
            return http.with(
                            new OAuth2AuthorizationServerConfigurer(),
                            server -> server.oidc(oidc -> oidc.userInfoEndpoint(
                                    endpoint -> endpoint.userInfoMapper(authentication -> provider.userInfo(
                                            authentication.getAuthorization().getPrincipalName())))))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .csrf(AbstractHttpConfigurer::disable)
                    .addFilterAfter(new SignedIn(provider), SecurityContextHolderFilter.class)
                    .oauth2ResourceServer(resource -> resource.jwt(Customizer.withDefaults()))
                    .build();
        }

        @Bean
        AuthorizationServerSettings settings(IdentityProvider provider) {
            return AuthorizationServerSettings.builder().issuer(provider.issuer).build();
        }

        @Bean
        JWKSource<SecurityContext> keys(IdentityProvider provider) {
            return new ImmutableJWKSet<>(new JWKSet(provider.key));
        }

        @Bean
        JwtDecoder decoder(IdentityProvider provider) throws JOSEException {
            return NimbusJwtDecoder.withPublicKey(provider.key.toRSAPublicKey()).build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> customizer(IdentityProvider provider) {
            return token -> {
                if (token.getTokenType().getValue().equals("access_token")) {
                    token.getClaims().audience(List.of(AUDIENCE));
                } else {
                    provider.told(token.getPrincipal().getName()).forEach(token.getClaims()::claim);
                    provider.tampering.accept(token.getClaims());
                }
            };
        }
    }

    /** Believes whoever comes to the sign-in page. */
    private static final class SignedIn extends OncePerRequestFilter {
        private final IdentityProvider provider;

        /** Vaadin replaces the one for all when a server starts in this process; some filters keep the first one. */
        private final SecurityContextHolderStrategy strategy = SecurityContextHolder.getContextHolderStrategy();

        private SignedIn(IdentityProvider provider) {
            this.provider = provider;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !request.getRequestURI().equals("/oauth2/authorize");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String user = request.getHeader(USER);
            if (user == null || !provider.accounts.containsKey(user)) {
                chain.doFilter(request, response);
                return;
            }
            SecurityContextImpl context = new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                    user,
                    null,
                    List.of(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY))));
            strategy.setContext(context);
            SecurityContextHolder.setContext(context);
            try {
                chain.doFilter(request, response);
            } finally {
                strategy.clearContext();
                SecurityContextHolder.clearContext();
            }
        }
    }

    private OidcUserInfo userInfo(String login) {
        return OidcUserInfo.builder()
                .subject(login)
                .claims(claims -> claims.putAll(told(login)))
                .build();
    }
}
