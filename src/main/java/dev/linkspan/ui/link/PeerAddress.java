package dev.linkspan.ui.link;

import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.ui.shared.Texts;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a cluster that anybody may call: a host, with a port where that isn't the usual one. */
class PeerAddress extends TextField {
    private static final Pattern PARTS =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::(\\d{1,5}))?|([^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final int LAST_PORT = 65_535;

    PeerAddress() {
        super(Texts.of("create-link.address"));
        setHelperText(Texts.of("create-link.address.help"));
        setPlaceholder(Texts.of("create-link.address.placeholder"));
        setWidthFull();
        getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
        addValueChangeListener(change -> setInvalid(false));
        addBlurListener(blur -> {
            setValue(bare(getValue()));
            if (!isEmpty()) {
                check();
            }
        });
    }

    /** An address copied from a browser, without what stands around it. */
    static String bare(String text) {
        String bare = text.strip().replaceFirst("(?i)^https?://", "");
        int end = bare.replaceAll("[/?#]", "/").indexOf('/');
        return end < 0 ? bare : bare.substring(0, end);
    }

    /** Whether a cluster can have this address. */
    static boolean usable(String address) {
        if (address.chars().filter(c -> c == ':').count() > 1 && !address.startsWith("[")) {
            return literal(address);
        }
        Matcher parts = PARTS.matcher(address);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group(1) == null ? parts.group(4) : parts.group(2);
        boolean portFine = port == null || Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= LAST_PORT;
        if (parts.group(1) != null) {
            return portFine && literal(parts.group(1));
        }
        String host = parts.group(3);
        return portFine
                && (host.matches("[0-9.]+")
                        ? host.split("\\.", -1).length == 4 && literal(host)
                        : NAME.matcher(host).matches());
    }

    private static boolean literal(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether it can be dialed; says why not when it can't. */
    boolean check() {
        setValue(bare(getValue()));
        String error = isEmpty()
                ? Texts.of("create-link.address.required")
                : usable(getValue()) ? null : Texts.of("create-link.address.invalid");
        setErrorMessage(error);
        setInvalid(error != null);
        return error == null;
    }
}
