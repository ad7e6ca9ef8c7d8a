package dev.linkspan.rest;

import dev.linkspan.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The {@code filter} of a list: comparisons {@code field eq value} and {@code field ne value}, joined by {@code and},
 * {@code or}, {@code not} and parentheses. A field is a path such as {@code config.user.note}; values are compared whole,
 * regardless of case.
 */
final class Filter {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()])|\"([^\"]*)\"|([^\\s()\"]+))");
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 50;

    /** A word of the expression; quoted ones are never keywords. */
    private record Token(String text, boolean quoted) {
        boolean is(String keyword) {
            return !quoted && text.equalsIgnoreCase(keyword);
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private final Predicate<JsonNode> predicate;
    private int next;

    private Filter(String expression) {
        if (expression.length() > LONGEST) {
            throw invalid("it is longer than " + LONGEST + " characters");
        }
        Matcher matcher = TOKEN.matcher(expression.strip());
        int end = 0;
        while (matcher.lookingAt() && matcher.end() > matcher.start()) {
            boolean quoted = matcher.group(2) != null;
            String plain = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
            tokens.add(new Token(quoted ? matcher.group(2) : plain, quoted));
            end = matcher.end();
            matcher.region(end, matcher.regionEnd());
        }
        if (end < expression.strip().length()) {
            throw invalid("a quotation mark is not closed");
        }
        predicate = tokens.isEmpty() ? node -> true : whole();
    }

    /**
     * Reads an expression; an empty one matches everything.
     *
     * @throws dev.linkspan.problem.ProblemException 400 that says what is wrong
     */
    static Filter parse(String expression) {
        return new Filter(expression);
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    boolean matches(JsonNode item) {
        return predicate.test(item);
    }

    private Predicate<JsonNode> whole() {
        Predicate<JsonNode> all = either(0);
        if (next < tokens.size()) {
            throw invalid("\"" + tokens.get(next).text() + "\" was not expected");
        }
        return all;
    }

    private Predicate<JsonNode> either(int depth) {
        Predicate<JsonNode> result = both(depth);
        while (accept("or")) {
            result = result.or(both(depth));
        }
        return result;
    }

    private Predicate<JsonNode> both(int depth) {
        Predicate<JsonNode> result = single(depth);
        while (accept("and")) {
            result = result.and(single(depth));
        }
        return result;
    }

    private Predicate<JsonNode> single(int depth) {
        if (depth > DEEPEST) {
            throw invalid("it is nested more than " + DEEPEST + " levels deep");
        }
        if (accept("not")) {
            return single(depth + 1).negate();
        }
        if (accept("(")) {
            Predicate<JsonNode> inner = either(depth + 1);
            if (!accept(")")) {
                throw invalid("a parenthesis is not closed");
            }
            return inner;
        }
        return comparison();
    }

    private Predicate<JsonNode> comparison() {
        String field = word("a field");
        String operator = word("\"eq\" or \"ne\" after \"" + field + "\"");
        String value = word("a value after \"" + field + " " + operator + "\"");
        return switch (operator) {
            case "eq" -> item -> value(item, field).equalsIgnoreCase(value);
            case "ne" -> item -> !value(item, field).equalsIgnoreCase(value);
            default -> throw invalid("\"" + operator + "\" is neither \"eq\" nor \"ne\"");
        };
    }

    private String word(String expected) {
        if (next == tokens.size()) {
            throw invalid("it ends where " + expected + " was expected");
        }
        return tokens.get(next++).text();
    }

    private boolean accept(String keyword) {
        if (next < tokens.size() && tokens.get(next).is(keyword)) {
            next++;
            return true;
        }
        return false;
    }

    /** The text of a field; keys of maps may contain dots. */
    private static String value(JsonNode item, String field) {
        JsonNode direct = item.get(field);
        if (direct != null) {
            return direct.isNull() ? "" : direct.asString("");
        }
        for (int dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.', dot + 1)) {
            JsonNode inner = item.get(field.substring(0, dot));
            if (inner != null && inner.isObject()) {
                return value(inner, field.substring(dot + 1));
            }
        }
        return "";
    }

    private static RuntimeException invalid(String why) {
        return Problem.FILTER_INVALID.with(why);
    }
}
