package io.bactrian.sql;

/**
 * A position in SQL text as the server prints it, moved on by tokens. What it does not find where
 * it must be is an {@link IllegalArgumentException} that quotes the place.
 */
final class SqlCursor {
    private final String text;
    private int at;

    SqlCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    /** The text not read yet. */
    String rest() {
        skipSpace();
        return text.substring(at);
    }

    boolean at(String token) {
        skipSpace();
        return text.startsWith(token, at);
    }

    /** Moves past {@code token} if it is next; a word is not found inside a longer word. */
    boolean accept(String token) {
        if (!at(token)) {
            return false;
        }
        int end = at + token.length();
        if (isWord(token.charAt(token.length() - 1))
                && end < text.length()
                && isWord(text.charAt(end))) {
            return false;
        }
        at = end;
        return true;
    }

    void expect(String token) {
        if (!accept(token)) {
            throw unexpected(token);
        }
    }

    IllegalArgumentException unexpected(String wanted) {
        String found = text.substring(at, Math.min(text.length(), at + 40));
        return new IllegalArgumentException("expected " + wanted + " before \"" + found + "\"");
    }

    /** The name in backticks that is next, without them. */
    String identifier() {
        if (!at("`")) {
            throw unexpected("a name");
        }
        int end = endOfQuoted(text, at);
        String name = text.substring(at + 1, end - 1).replace("``", "`");
        at = end;
        return name;
    }

    /** Letters, digits, {@code _ . + -}; empty if none is next. */
    String word() {
        skipSpace();
        int start = at;
        while (at < text.length()
                && (isWord(text.charAt(at)) || ".+-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    /** The string literal that is next, quotes and escapes as they stand. */
    String rawString() {
        if (!at("'")) {
            throw unexpected("a string");
        }
        int end = endOfQuoted(text, at);
        String raw = text.substring(at, end);
        at = end;
        return raw;
    }

    /** The value of the string literal that is next. */
    String string() {
        String raw = rawString();
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 1; i < raw.length() - 1; i++) {
            char c = raw.charAt(i);
            if (c == '\\') {
                out.append(unescape(raw.charAt(++i)));
            } else {
                out.append(c);
                if (c == '\'') {
                    i++;
                }
            }
        }
        return out.toString();
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case '0' -> '\0';
            case 'Z' -> '\u001a';
            default -> c;
        };
    }

    /** What stands between the parenthesis that is next and its partner, as it stands. */
    String parentheses() {
        if (!at("(")) {
            throw unexpected("(");
        }
        int start = at;
        int depth = 0;
        for (int i = at; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = endOfQuoted(text, i);
                continue;
            }
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                at = i + 1;
                return text.substring(start + 1, i);
            }
            i++;
        }
        throw unexpected("a closed parenthesis");
    }

    /** Index behind the closing quote of the name or string that starts at {@code start}. */
    static int endOfQuoted(String text, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        throw new IllegalArgumentException(
                "no end of " + text.substring(start, Math.min(text.length(), start + 40)));
    }

    static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
