package dev.linkspan.identity;

import java.util.Base64;

/** Standard padded base64, strict as the stock client is, with its words for what is wrong (auth.md 5.2). */
final class Base64Text {
    /** What is wrong, for the text after {@code Invalid trust token: }. */
    static final class Malformed extends Exception {
        Malformed(int position) {
            super("illegal base64 data at input byte " + position, null, false, false);
        }
    }

    private Base64Text() {}

    static byte[] decode(String text) throws Malformed {
        check(text);
        return Base64.getDecoder().decode(text.replaceAll("[\r\n]", ""));
    }

    private static void check(String text) throws Malformed {
        int inQuantum = 0;
        int at = 0;
        int end = text.length();
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                at++;
            } else if (alphabet(c)) {
                inQuantum = (inQuantum + 1) % 4;
                at++;
            } else if (c == '=' && inQuantum >= 2) {
                checkPadding(text, at, inQuantum);
                return;
            } else {
                throw new Malformed(at);
            }
        }
        if (inQuantum != 0) {
            throw new Malformed(end - inQuantum);
        }
    }

    private static void checkPadding(String text, int firstPad, int inQuantum) throws Malformed {
        int at = firstPad + 1;
        if (inQuantum == 2) {
            at = skipLineEnds(text, at);
            if (at == text.length()) {
                throw new Malformed(at);
            }
            if (text.charAt(at) != '=') {
                throw new Malformed(at - 1);
            }
            at++;
        }
        at = skipLineEnds(text, at);
        if (at < text.length()) {
            throw new Malformed(at);
        }
    }

    private static int skipLineEnds(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    private static boolean alphabet(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
