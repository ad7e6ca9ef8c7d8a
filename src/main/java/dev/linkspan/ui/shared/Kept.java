package dev.linkspan.ui.shared;

import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.server.VaadinRequest;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Optional;

/** What a browser keeps of how its console looks: in a cookie each, so that a page looks so before it is drawn. */
public record Kept(String cookie) {

    /** What the request's browser keeps, if it is one of these. */
    public <E extends Enum<E>> Optional<E> in(VaadinRequest request, Class<E> choices) {
        Cookie[] cookies = Optional.ofNullable(request.getCookies()).orElse(new Cookie[0]);
        return Arrays.stream(cookies)
                .filter(sent -> sent.getName().equals(cookie))
                .flatMap(sent -> Arrays.stream(choices.getEnumConstants())
                        .filter(choice -> choice.name().equals(sent.getValue())))
                .findFirst();
    }

    /** Lets the browser of that page keep the choice. */
    public void set(Page page, Enum<?> choice) {
        page.executeJs(
                "document.cookie = $0 + '=' + $1 + '; path=/ui; max-age=31536000; samesite=lax; secure'",
                cookie,
                choice.name());
    }
}
