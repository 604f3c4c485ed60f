package io.bactrian.web;

import io.bactrian.config.HttpSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Who may call. With a token, whoever shows it; without one, programs of this machine, but no page
 * of another site in a browser that runs on it.
 */
final class Gate {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_-]{1,32}):.+");
    private static final Pattern AUTHORITY = Pattern.compile("^https?://([^/?#]*)");
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final byte[] token;
    private final String name;
    private final String host;

    Gate(HttpSettings settings) {
        this.token = settings.token().getBytes(StandardCharsets.UTF_8);
        var named = NAMED.matcher(settings.token());
        this.name = token.length == 0 ? "loopback" : named.matches() ? named.group(1) : "token";
        this.host = settings.host();
    }

    /** Whether callers must show a token. */
    boolean isLocked() {
        return token.length > 0;
    }

    /**
     * Returns by what name the caller is known: the part of the token before its colon.
     *
     * @throws Refusal if he may not call
     */
    String require(Request request) {
        requireOwnSite(request);
        if (isLocked() && !shows(request)) {
            throw new Refusal(
                    401,
                    Map.of("WWW-Authenticate", "Bearer"),
                    "Authorization",
                    "does not show the token of this daemon",
                    "send the header Authorization: Bearer TOKEN, with what bactrian.http.token is set to");
        }
        return name;
    }

    /** Takes as long for a wrong token as for the right one. */
    boolean shows(Request request) {
        String header = request.header("Authorization");
        boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
        byte[] shown = (bearer ? header.substring(7).strip() : "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(digest(shown), digest(token)) && bearer;
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A page of another site could have a name that leads here, or post a form: browsers tell both,
     * in Host and Origin.
     */
    private void requireOwnSite(Request request) {
        // of the header Host, or of what stands for it in HTTP/2
        String called = authority(request.header(Exchange.HTTP_URL));
        String bare = called.replaceFirst(":\\d+$", "");
        if (!isLocked() && !HERE.contains(bare) && !bare.equals(host)) {
            throw new Refusal(
                    403,
                    "Host",
                    "is " + called + ", and without a token only this machine is answered",
                    "call 127.0.0.1, or set bactrian.http.token");
        }
        String origin = request.header("Origin");
        if (!origin.isEmpty() && !authority(origin).equals(called)) {
            throw new Refusal(403, "Origin", "is " + origin + ", another site", "");
        }
    }

    private static String authority(String url) {
        var parts = AUTHORITY.matcher(url);
        return parts.find() ? parts.group(1).toLowerCase(Locale.ROOT) : "";
    }
}
