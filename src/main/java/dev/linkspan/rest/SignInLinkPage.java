package dev.linkspan.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/**
 * What a sign-in link opens: a form that sends itself. So the link is used up by a browser, and not by whatever looks at the
 * addresses in chats and mails before people do. Whoever is signed in already is asked first: else somebody's link would make
 * them work under another name without their notice.
 */
final class SignInLinkPage {
    private static final String PAGE = read();
    /** Only what somebody looks at has a look. */
    private static final String LOOK = """
            <link rel="icon" href="/themes/linkspan/favicon.svg">
            <link rel="stylesheet" href="/themes/linkspan/tokens.css">""";

    private SignInLinkPage() {}

    private static String read() {
        try (InputStream page = SignInLinkPage.class.getResourceAsStream("sign-in-link.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Answers with the page.
     *
     * @param token from the address, whatever it is
     * @param wanted the page to go to afterwards, or empty
     * @param signedIn the name of who is signed in with this browser, or empty
     */
    static void write(HttpServletResponse response, String token, String wanted, String signedIn) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html;charset=utf-8");
        response.getOutputStream()
                .write(PAGE.replace("{asks}", signedIn.isEmpty() ? "sends" : "asks")
                        .replace("{look}", signedIn.isEmpty() ? "" : LOOK)
                        .replace("{continue}", HtmlUtils.htmlEscape(wanted))
                        .replace("{token}", HtmlUtils.htmlEscape(token))
                        .replace("{name}", HtmlUtils.htmlEscape(signedIn))
                        .getBytes(StandardCharsets.UTF_8));
    }
}
