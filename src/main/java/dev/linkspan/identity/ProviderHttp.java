package dev.linkspan.identity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Calls the identity provider: follows no redirects, reads at most 1 MiB, and every call ends within five seconds. */
@Component
class ProviderHttp implements HTTPRequestSender, ResourceRetriever {
    private static final long MOST_BYTES = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final Duration longest;
    private final HttpClient client;

    ProviderHttp() {
        this(LONGEST);
    }

    ProviderHttp(Duration longest) {
        this.longest = longest;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(longest)
                .build();
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest wanted) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(wanted.getURL().toString()));
        wanted.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        String body = wanted.getBody() == null ? "" : wanted.getBody();
        if (wanted.getMethod() == HTTPRequest.Method.POST) {
            request.POST(BodyPublishers.ofString(body));
        } else {
            request.GET();
        }
        HttpResponse<byte[]> received = receive(request.build());
        HTTPResponse answer = new HTTPResponse(received.statusCode());
        received.headers().map().forEach((name, values) -> answer.setHeader(name, values.toArray(String[]::new)));
        answer.setBody(new String(received.body(), StandardCharsets.UTF_8));
        return answer;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        HttpResponse<byte[]> received =
                receive(HttpRequest.newBuilder(URI.create(url.toString())).GET().build());
        if (received.statusCode() != OK) {
            throw new IOException(url + " answered with status " + received.statusCode());
        }
        return new Resource(
                new String(received.body(), StandardCharsets.UTF_8),
                received.headers().firstValue("Content-Type").orElse(null));
    }

    /** A JSON document. */
    String json(URI url) throws IOException {
        try {
            return retrieveResource(url.toURL()).getContent();
        } catch (IllegalArgumentException e) {
            throw new IOException(url + " is not a URL", e);
        }
    }

    /** The answer to a request of the protocol. */
    HTTPResponse answer(HTTPRequest request) throws IOException, ParseException {
        return request.send(this);
    }

    private HttpResponse<byte[]> receive(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return exchange.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException(request.uri() + " did not answer within " + longest.toMillis() + " ms");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new IOException(request.uri() + " cannot be read: " + why, cause);
        }
    }

    @PreDestroy
    void stop() {
        client.shutdownNow();
    }
}
